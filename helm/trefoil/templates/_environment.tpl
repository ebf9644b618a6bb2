{{/* The node's settings. Those named here are the chart's own; `settings` has the rest. */}}
{{- define "trefoil.environment" -}}
- name: TREFOIL_NODE_NAME
  valueFrom: {fieldRef: {fieldPath: metadata.name}}
- name: TREFOIL_PEER_ADVERTISE
  valueFrom: {fieldRef: {fieldPath: status.podIP}}
- name: TREFOIL_NODE_DATA_DIR
  value: /data
{{- if .Values.zone.value }}
- name: TREFOIL_NODE_ZONE
  value: {{ .Values.zone.value | quote }}
{{- else if .Values.zone.fromLabel }}
- name: TREFOIL_NODE_ZONE
  valueFrom: {fieldRef: {fieldPath: "metadata.labels['{{ .Values.zone.fromLabel }}']"}}
{{- end }}
- name: TREFOIL_CLUSTER_NAME
  value: {{ .Values.cluster.name | quote }}
- name: TREFOIL_CLUSTER_SEEDS
  value: {{ include "trefoil.seeds" . | quote }}
- name: TREFOIL_SHUTDOWN_DELAY
  value: {{ printf "%ds" (int .Values.stop.delaySeconds) | quote }}
{{- with .Values.sealing.existingSecret }}
- name: TREFOIL_PEER_KEYS
  valueFrom: {secretKeyRef: {name: {{ . | quote }}, key: {{ $.Values.sealing.secretKey | quote }}}}
{{- end }}
{{- if not .Values.persistence.enabled }}
- name: TREFOIL_STORAGE_ENGINE
  value: memory
{{- end }}
{{- range $key, $value := .Values.settings }}
- name: {{ printf "TREFOIL_%s" ($key | replace "." "_" | replace "-" "_" | upper) }}
  value: {{ include "trefoil.plain" $value | quote }}
{{- end }}
{{- with .Values.javaOptions }}
- name: JAVA_TOOL_OPTIONS
  value: {{ . | quote }}
{{- end }}
{{- with .Values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* Helm reads numbers as floats, and would write 67108864 as 6.7108864e+07. */}}
{{- define "trefoil.plain" -}}
{{- if kindIs "float64" . -}}{{ int64 . }}{{- else -}}{{ . }}{{- end -}}
{{- end -}}
