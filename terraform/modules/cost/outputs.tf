output "budget_arn" {
  description = "The budget."
  value       = aws_budgets_budget.this.arn
}
