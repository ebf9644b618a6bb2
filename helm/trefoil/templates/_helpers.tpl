{{- define "trefoil.name" -}}
{{- if contains "trefoil" .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-trefoil" .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "trefoil.selector" -}}
app.kubernetes.io/name: trefoil
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "trefoil.nodeSelector" -}}
{{ include "trefoil.selector" . }}
app.kubernetes.io/component: node
{{- end -}}

{{- define "trefoil.labels" -}}
{{ include "trefoil.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{- define "trefoil.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end -}}

{{- define "trefoil.serviceAccount" -}}
{{- .Values.serviceAccount.name | default (ternary (include "trefoil.name" .) "default" .Values.serviceAccount.create) -}}
{{- end -}}

{{/* The stable DNS name of one pod: dict "root" $ "ordinal" 0. */}}
{{- define "trefoil.host" -}}
{{- $name := include "trefoil.name" .root -}}
{{- printf "%s-%d.%s-peers.%s.svc.%s" $name (int .ordinal) $name .root.Release.Namespace .root.Values.cluster.domain -}}
{{- end -}}

{{/* The first pods, a fixed number of them: `replicas` is no part of it, so that scaling changes no pod. */}}
{{- define "trefoil.seeds" -}}
{{- $seeds := .Values.cluster.externalSeeds -}}
{{- if not $seeds -}}
{{- range $i := until (int .Values.cluster.seeds) -}}
{{- $seeds = append $seeds (printf "%s:7400" (include "trefoil.host" (dict "root" $ "ordinal" $i))) -}}
{{- end -}}
{{- end -}}
{{- join "," $seeds -}}
{{- end -}}

{{/* Where the command line asks: every pod, with commas between. */}}
{{- define "trefoil.endpoints" -}}
{{- $endpoints := list -}}
{{- range $i := until (int .Values.replicas) -}}
{{- $endpoints = append $endpoints (printf "http://%s:8080" (include "trefoil.host" (dict "root" $ "ordinal" $i))) -}}
{{- end -}}
{{- join "," $endpoints -}}
{{- end -}}

{{- define "trefoil.checksum" -}}
{{- printf "%d:%s" (int .Values.cluster.seeds) (join "," .Values.cluster.externalSeeds) -}}
{{- end -}}

{{/* What the pods beside the nodes (test, scaling down) have in common. */}}
{{- define "trefoil.helper" -}}
restartPolicy: Never
automountServiceAccountToken: false
enableServiceLinks: false
serviceAccountName: {{ include "trefoil.serviceAccount" . }}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
securityContext: {{- toYaml .Values.podSecurityContext | nindent 2 }}
{{- with .Values.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
volumes:
  - name: tmp
    emptyDir: {}
{{- end -}}

{{/* A container that runs one command: dict "root" $ "name" "put" "args" (list ...). */}}
{{- define "trefoil.command" -}}
name: {{ .name }}
image: {{ include "trefoil.image" .root }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
command: {{- toJson .root.Values.image.program | nindent 2 }}
args: {{- toJson .args | nindent 2 }}
securityContext: {{- toYaml .root.Values.securityContext | nindent 2 }}
resources:
  requests: {cpu: 100m, memory: 128Mi}
  limits: {memory: 256Mi}
{{- end -}}
