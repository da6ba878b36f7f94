"""What the flows of medical-kg share. Each module is about one thing; none of them knows a pod's contents."""
