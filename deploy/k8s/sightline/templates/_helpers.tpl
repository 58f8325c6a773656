{{- define "sightline.name" -}}
{{- contains .Chart.Name .Release.Name | ternary .Release.Name (printf "%s-%s" .Release.Name .Chart.Name) | trunc 40 | trimSuffix "-" }}
{{- end }}

{{- define "sightline.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "sightline.labels" -}}
{{ include "sightline.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/part-of: sightline
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "sightline.opsPort" -}}9404{{- end }}

{{- /* The most Pods of a stage that find a partition to work on. Takes the root and the stage's values. */ -}}
{{- define "sightline.maxReplicas" -}}
{{- $partitions := int .root.Values.kafka.partitions }}{{ $threads := int .stage.threads -}}
{{- div (sub (add $partitions $threads) 1) $threads -}}
{{- end }}

{{- define "sightline.checkReplicas" -}}
{{- $max := int (include "sightline.maxReplicas" .) -}}
{{- if and (not .stage.autoscaling.enabled) (gt (int .stage.replicas) $max) -}}
{{- fail (printf "%s.replicas is %d, but %d partitions shared by %d threads a Pod keep only %d busy: lower it, or raise kafka.partitions before the first start" .role (int .stage.replicas) (int .root.Values.kafka.partitions) (int .stage.threads) $max) -}}
{{- end -}}
{{- if and .stage.autoscaling.enabled (gt (int .stage.autoscaling.minReplicas) $max) -}}
{{- fail (printf "%s.autoscaling.minReplicas is %d, but %d partitions shared by %d threads a Pod keep only %d busy: lower it" .role (int .stage.autoscaling.minReplicas) (int .root.Values.kafka.partitions) (int .stage.threads) $max) -}}
{{- end -}}
{{- end }}

{{- /* The user that a role is for Kafka, and by Strimzi's custom the Secret of its password. */ -}}
{{- define "sightline.kafkaUser" -}}
{{ include "sightline.name" .root }}-{{ .role }}
{{- end }}

{{- /* sightline.yaml: what the chart decides, over what the values say. */ -}}
{{- define "sightline.settings" -}}
{{- $kafka := dict "bootstrap-servers" .Values.kafka.bootstrapServers "partitions" (int .Values.kafka.partitions) "replicas" (int .Values.kafka.replicas) -}}
{{- if eq .Values.kafka.security "scram" -}}
{{- $_ := set $kafka "sasl-password" "file:/run/secrets/kafka/password" -}}
{{- $_ := set $kafka "client" (dict "ssl.truststore.type" "PEM" "ssl.truststore.location" "/etc/sightline/kafka-ca/ca.crt") -}}
{{- end -}}
{{- $redis := dict "url" .Values.redis.url "namespace" .Values.redis.namespace -}}
{{- if .Values.redis.user }}{{ $_ := set $redis "user" .Values.redis.user }}{{ end -}}
{{- $workers := dict "detect-threads" (int .Values.detect.threads) "embed-threads" (int .Values.embed.threads) "match-threads" (int .Values.match.threads) -}}
{{- $chart := dict "kafka" $kafka "redis" $redis "workers" $workers "ops" (dict "bind" "0.0.0.0" "port" (int (include "sightline.opsPort" .))) -}}
{{- if .Values.embed.gpu.enabled }}{{ $_ := set $chart "embed" (dict "providers" .Values.embed.gpu.providers) }}{{ end -}}
{{- toYaml (mergeOverwrite (deepCopy .Values.settings) $chart) -}}
{{- end }}

{{- define "sightline.securityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{- define "sightline.podSecurityContext" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- /* A Pod's spec. Takes root, role (whose user and image it has), stage (its values), args, and for cameras the group. */ -}}
{{- define "sightline.pod" -}}
{{- $root := .root -}}
{{- $gpu := and (eq .role "embed") (hasKey .stage "gpu") .stage.gpu.enabled -}}
{{- $isScram := eq $root.Values.kafka.security "scram" -}}
metadata:
  labels:
    {{- include "sightline.labels" $root | nindent 4 }}
    app.kubernetes.io/component: {{ .role }}
    {{- with .group }}
    sightline.io/cameras: {{ .name }}
    {{- end }}
  annotations:
    # Settings are read at the start: a change of them starts Pods anew.
    sightline.io/settings: {{ include "sightline.settings" $root | sha256sum }}
    {{- with .group }}
    sightline.io/cameras: {{ toJson .cameras | sha256sum }}
    {{- end }}
spec:
  serviceAccountName: {{ include "sightline.name" $root }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  terminationGracePeriodSeconds: 40
  restartPolicy: {{ .restartPolicy | default "Always" }}
  securityContext:
    {{- include "sightline.podSecurityContext" $root | nindent 4 }}
  {{- with $root.Values.image.pullSecrets }}
  imagePullSecrets:
    {{- range . }}
    - name: {{ . }}
    {{- end }}
  {{- end }}
  {{- $nodes := deepCopy (.stage.nodeSelector | default dict) }}
  {{- if $gpu }}{{ $nodes = merge $nodes .stage.gpu.nodeSelector }}{{ end }}
  {{- with $nodes }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- $tolerations := .stage.tolerations | default list }}
  {{- if $gpu }}{{ $tolerations = concat $tolerations .stage.gpu.tolerations }}{{ end }}
  {{- with $tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- if ne .role "topics" }}
  topologySpreadConstraints:
    - maxSkew: 1
      topologyKey: kubernetes.io/hostname
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- include "sightline.selector" $root | nindent 10 }}
          app.kubernetes.io/component: {{ .role }}
  {{- end }}
  containers:
    - name: {{ .role }}
      image: "{{ $root.Values.image.repository }}-{{ if eq .role "topics" }}tools{{ else }}{{ .role }}{{ end }}{{ if $gpu }}-gpu{{ end }}:{{ $root.Values.image.tag | default $root.Chart.AppVersion }}"
      imagePullPolicy: {{ $root.Values.image.pullPolicy }}
      args: {{ toJson .args }}
      env:
        - name: SIGHTLINE_WORKERS_INSTANCE
          valueFrom:
            fieldRef:
              fieldPath: metadata.name
        {{- if $isScram }}
        - name: SIGHTLINE_KAFKA_SASL_USER
          value: {{ include "sightline.kafkaUser" . | trim }}
        {{- end }}
        {{- if eq .role "match" }}
        - name: SIGHTLINE_REDIS_PASSWORD
          value: file:/run/secrets/redis/password
        {{- end }}
        {{- with .stage.javaOptions }}
        - name: JDK_JAVA_OPTIONS
          value: {{ . | quote }}
        {{- end }}
      {{- if ne .role "topics" }}
      ports:
        - name: ops
          containerPort: {{ include "sightline.opsPort" $root }}
      startupProbe:
        httpGet: {path: /health/live, port: ops}
        periodSeconds: 5
        timeoutSeconds: 3
        # On a GPU TensorRT may build engines for minutes.
        failureThreshold: {{ if $gpu }}180{{ else }}24{{ end }}
      livenessProbe:
        httpGet: {path: /health/live, port: ops}
        periodSeconds: 10
        timeoutSeconds: 3
        failureThreshold: 3
      readinessProbe:
        httpGet: {path: /health/ready, port: ops}
        periodSeconds: 5
        timeoutSeconds: 3
        failureThreshold: 2
      {{- end }}
      {{- $resources := deepCopy .stage.resources }}
      {{- if $gpu }}{{ $_ := set $resources.limits "nvidia.com/gpu" (toString .stage.gpu.count) }}{{ end }}
      resources:
        {{- toYaml $resources | nindent 8 }}
      securityContext:
        {{- include "sightline.securityContext" $root | nindent 8 }}
      volumeMounts:
        - {name: settings, mountPath: /etc/sightline/settings, readOnly: true}
        - {name: home, mountPath: /var/lib/sightline}
        - {name: tmp, mountPath: /tmp}
        {{- if $isScram }}
        - {name: kafka-password, mountPath: /run/secrets/kafka, readOnly: true}
        - {name: kafka-ca, mountPath: /etc/sightline/kafka-ca, readOnly: true}
        {{- end }}
        {{- if eq .role "match" }}
        - {name: redis-password, mountPath: /run/secrets/redis, readOnly: true}
        {{- end }}
        {{- with .group }}
        - {name: cameras, mountPath: /etc/sightline/cameras, readOnly: true}
        {{- range .cameras }}
        {{- if .passwordSecret }}
        - {name: camera-{{ .id }}, mountPath: /run/secrets/cameras/{{ .id }}, readOnly: true}
        {{- end }}
        {{- end }}
        {{- end }}
  volumes:
    - name: settings
      configMap: {name: {{ include "sightline.name" $root }}, defaultMode: 292}
    - name: home
      emptyDir: {sizeLimit: 2Gi}
    - name: tmp
      emptyDir: {sizeLimit: 512Mi}
    {{- if $isScram }}
    - name: kafka-password
      secret:
        secretName: {{ include "sightline.kafkaUser" . | trim }}
        defaultMode: 288
        items: [{key: password, path: password}]
    - name: kafka-ca
      secret:
        secretName: {{ $root.Values.kafka.caSecret.name }}
        defaultMode: 288
        items: [{key: {{ $root.Values.kafka.caSecret.key }}, path: ca.crt}]
    {{- end }}
    {{- if eq .role "match" }}
    - name: redis-password
      secret:
        secretName: {{ $root.Values.redis.passwordSecret.name }}
        defaultMode: 288
        items: [{key: {{ $root.Values.redis.passwordSecret.key }}, path: password}]
    {{- end }}
    {{- with .group }}
    - name: cameras
      configMap: {name: {{ include "sightline.name" $root }}-cameras-{{ .name }}, defaultMode: 292}
    {{- range .cameras }}
    {{- if .passwordSecret }}
    - name: camera-{{ .id }}
      secret:
        secretName: {{ .passwordSecret.name }}
        defaultMode: 288
        items: [{key: {{ .passwordSecret.key }}, path: password}]
    {{- end }}
    {{- end }}
    {{- end }}
{{- end }}
