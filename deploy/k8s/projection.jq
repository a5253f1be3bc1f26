# Of the Deployment of the replicas, a Job that runs $command of the same program. Its pod has the replicas' label, for which the
# network is open, and keeps their question whether they are ready, to which nobody answers: so no Service sends to it.
{
  apiVersion: "batch/v1",
  kind: "Job",
  metadata: {name: "projection-\($command)", namespace: .metadata.namespace, labels: {"app.kubernetes.io/part-of": "outcry"}},
  spec: {
    backoffLimit: 0,
    template: {
      metadata: {labels: .spec.template.metadata.labels},
      spec: (
        .spec.template.spec
        | .restartPolicy = "Never"
        | del(.topologySpreadConstraints, .initContainers)
        | .containers |= map(
            del(.startupProbe, .livenessProbe, .lifecycle)
            | .command = ["java", "-Xmx128m", "-jar", "outcry-api.jar", $command]
            | del(.args))
      )
    }
  }
}
