# What cloud-init makes of a machine: the scripts of files/ with their settings, the configuration of Neo4j, and services.

locals {
  data_folder = "/var/lib/neo4j"
  endpoints   = { for server, name in local.names : server => "${name}:6000" }
  # A lone writer lists itself only, or it would wait for the others; whoever joins lists all.
  lone          = var.primaries == 1
  all_endpoints = join(",", values(local.endpoints))
  # Since 2025 one name, before it another.
  calendar = !startswith(var.neo4j_version, "5.")
  plugins  = var.software == null ? {} : var.software.plugins

  # neo4j.conf by server.
  configuration = {
    for server, place in local.servers : server => merge(
      {
        "server.directories.data"                 = "${local.data_folder}/data"
        "server.directories.logs"                 = "${local.data_folder}/logs"
        "server.directories.run"                  = "${local.data_folder}/run"
        "server.directories.plugins"              = "/opt/neo4j/plugins"
        "server.logs.config"                      = "/opt/neo4j/conf/server-logs.xml"
        "server.logs.user.config"                 = "/opt/neo4j/conf/user-logs.xml"
        "server.default_listen_address"           = "0.0.0.0"
        "server.default_advertised_address"       = local.names[server]
        "server.http.enabled"                     = "false"
        "server.https.enabled"                    = "false"
        "server.bolt.enabled"                     = "true"
        "server.bolt.tls_level"                   = "REQUIRED"
        "server.memory.heap.initial_size"         = "${var.memory.heap_gib}g"
        "server.memory.heap.max_size"             = "${var.memory.heap_gib}g"
        "server.memory.pagecache.size"            = "${var.memory.pagecache_gib}g"
        "db.tx_log.rotation.retention_policy"     = "${var.transaction_log_days} days"
        "dbms.security.procedures.unrestricted"   = join(",", [for name in concat(["apoc"], keys(local.plugins)) : "${name}.*"])
        "dbms.usage_report.enabled"               = "false"
        "dbms.ssl.policy.bolt.enabled"            = "true"
        "dbms.ssl.policy.bolt.base_directory"     = "/etc/neo4j/certificates"
        "dbms.ssl.policy.bolt.private_key"        = "private.key"
        "dbms.ssl.policy.bolt.public_certificate" = "public.crt"
        "dbms.ssl.policy.bolt.client_auth"        = "NONE"
        "dbms.ssl.policy.bolt.tls_versions"       = "TLSv1.3,TLSv1.2"
      },
      local.enterprise ? local.clustered[server] : {},
    )
  }
  clustered = {
    for server, place in local.servers : server => merge(
      {
        "initial.dbms.default_primaries_count"                = var.primaries
        "initial.dbms.default_secondaries_count"              = var.secondaries
        "dbms.cluster.minimum_initial_system_primaries_count" = var.primaries
        "dbms.cluster.discovery.resolver_type"                = "LIST"
        "initial.server.mode_constraint"                      = place.mode
        "server.cluster.system_database_mode"                 = place.mode
        "server.backup.enabled"                               = "true"
        "server.backup.listen_address"                        = "0.0.0.0:6362"
        "server.metrics.prometheus.enabled"                   = "true"
        "server.metrics.prometheus.endpoint"                  = "0.0.0.0:2004"
      },
      { (local.calendar ? "dbms.cluster.endpoints" : "dbms.cluster.discovery.v2.endpoints") = local.lone && place.mode == "PRIMARY" ? local.endpoints[server] : local.all_endpoints },
      local.calendar ? {} : { "dbms.cluster.discovery.version" = "V2_ONLY" },
      merge([
        for scope in ["backup", "cluster"] : {
          "dbms.ssl.policy.${scope}.enabled"            = "true"
          "dbms.ssl.policy.${scope}.base_directory"     = "/etc/neo4j/certificates"
          "dbms.ssl.policy.${scope}.private_key"        = "private.key"
          "dbms.ssl.policy.${scope}.public_certificate" = "public.crt"
          "dbms.ssl.policy.${scope}.client_auth"        = "REQUIRE"
          "dbms.ssl.policy.${scope}.verify_hostname"    = "true"
          "dbms.ssl.policy.${scope}.tls_versions"       = "TLSv1.3,TLSv1.2"
        }
      ]...),
    )
  }

  # What the scripts read, by server; validation keeps quotes out of all values.
  settings = {
    for server, place in local.servers : server => {
      ACCEPT_LICENSE  = local.enterprise ? var.accept_license : ""
      BACKUPS_KEPT    = var.backup.keep
      BACKUP_PLACE    = "${var.backup.bucket}/${var.backup.prefix}"
      DATA_DEVICE     = "/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_@VOLUME@"
      DATA_FOLDER     = local.data_folder
      EDITION         = var.edition
      JAVA_OBJECT     = var.software == null ? "" : var.software.java.object
      JAVA_SHA256     = var.software == null ? "" : var.software.java.sha256
      NEO4J_OBJECT    = var.software == null ? "" : var.software.neo4j.object
      NEO4J_SHA256    = var.software == null ? "" : var.software.neo4j.sha256
      PASSWORD_SECRET = aws_secretsmanager_secret.admin.name
      PLUGINS         = join("\n", [for name, plugin in local.plugins : "${name} ${plugin.object} ${plugin.sha256}"])
      PLUGIN_NAMES    = join(" ", concat(["apoc"], keys(local.plugins)))
      PRIMARIES       = var.primaries
      SECONDARIES     = var.secondaries
      SERVERS         = join(" ", values(local.names))
      SERVER_NAME     = local.names[server]
      SOFTWARE_PLACE  = var.software == null ? "" : "${var.software.bucket}/${var.software.prefix}"
      TLS_SECRET      = var.tls_secret_arn
    }
  }

  units = {
    "neo4j-setup.service" = <<-EOT
        [Unit]
        Description=Volume, software and certificates of Neo4j
        Wants=network-online.target
        After=network-online.target
        [Service]
        Type=oneshot
        RemainAfterExit=true
        Environment=AWS_REGION=${local.region}
        ExecStart=/usr/local/sbin/neo4j-setup
        TimeoutStartSec=30min
        [Install]
        WantedBy=multi-user.target
      EOT
    "neo4j.service"       = <<-EOT
        [Unit]
        Description=Neo4j
        Requires=neo4j-setup.service
        After=neo4j-setup.service
        [Service]
        User=neo4j
        Environment=JAVA_HOME=/opt/java NEO4J_CONF=/etc/neo4j NEO4J_ACCEPT_LICENSE_AGREEMENT=${local.enterprise ? var.accept_license : ""}
        # Never on the disk of the system.
        ExecStartPre=/usr/bin/mountpoint -q ${local.data_folder}
        ExecStart=/opt/neo4j/bin/neo4j console
        Restart=on-failure
        RestartSec=10
        LimitNOFILE=60000
        SuccessExitStatus=143
        TimeoutStopSec=10min
        [Install]
        WantedBy=multi-user.target
      EOT
  }

  # The first server alone; the community edition has no cluster, and no backups between those of the night.
  first_units = merge(
    {
      "neo4j-backup@.service"   = <<-EOT
        [Unit]
        Description=Backup of Neo4j (%i)
        [Service]
        Type=oneshot
        Environment=AWS_REGION=${local.region}
        ExecStart=/usr/local/sbin/neo4j-backup %i
      EOT
      "neo4j-backup@full.timer" = <<-EOT
        [Timer]
        OnCalendar=*-*-* 04:00:00 UTC
        Persistent=true
        [Install]
        WantedBy=timers.target
      EOT
    },
    local.enterprise ? {
      "neo4j-backup@diff.timer" = <<-EOT
        [Timer]
        OnCalendar=*-*-* *:30:00 UTC
        [Install]
        WantedBy=timers.target
      EOT
      "neo4j-topology.service"  = <<-EOT
        [Unit]
        Description=Topology of the cluster of Neo4j
        [Service]
        Type=oneshot
        Environment=AWS_REGION=${local.region}
        ExecStart=/usr/local/sbin/neo4j-topology
      EOT
      "neo4j-topology.timer"    = <<-EOT
        [Timer]
        OnActiveSec=2min
        OnUnitInactiveSec=15min
        [Install]
        WantedBy=timers.target
      EOT
    } : {},
  )

  first_scripts = merge({ neo4j-backup = "backup" }, local.enterprise ? { neo4j-topology = "topology" } : {})

  # The id of the volume comes last: all else is known before there is one, so that what is too long is refused in time.
  user_data = { for server, text in local.templates : server => replace(text, "@VOLUME@", replace(aws_ebs_volume.data[server].id, "-", "")) }
  templates = {
    for server, _ in local.servers : server => join("", [
      "#cloud-config\n",
      yamlencode({
        write_files = concat(
          [
            {
              path        = "/etc/neo4j/neo4j.conf"
              permissions = "0644"
              content     = join("", [for name, value in local.configuration[server] : "${name}=${value}\n"])
            },
            {
              path        = "/etc/neo4j-server/settings.env"
              permissions = "0644"
              content     = join("", [for name, value in local.settings[server] : "${name}='${value}'\n"])
            },
          ],
          [
            for name, file in merge({ neo4j-setup = "setup" }, server == local.first ? local.first_scripts : {}) : {
              path        = "/usr/local/sbin/${name}"
              permissions = "0755"
              content     = file("${path.module}/files/${file}.sh")
            }
          ],
          [
            for name, text in merge(local.units, server == local.first ? local.first_units : {}) : {
              path        = "/etc/systemd/system/${name}"
              permissions = "0644"
              content     = text
            }
          ],
        )
        runcmd = [
          ["systemctl", "daemon-reload"],
          concat(
            ["systemctl", "enable", "--now", "--no-block"],
            keys(local.units),
            [for name in keys(local.first_units) : name if server == local.first && endswith(name, ".timer")],
          ),
        ]
      }),
    ])
  }
}
