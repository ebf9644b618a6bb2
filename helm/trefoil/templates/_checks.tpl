{{/* What cannot work is refused with a sentence; values.schema.json has the types and bounds. */}}
{{- define "trefoil.checks" -}}
{{- $replicas := int .Values.replicas -}}
{{- $seeds := int .Values.cluster.seeds -}}
{{- $own := not .Values.cluster.externalSeeds -}}
{{- if and (lt $replicas 3) (not .Values.allowFewerThanThree) -}}
{{- fail (printf "replicas is %d, but each key has three copies: use 3 or more, or set allowFewerThanThree=true and cluster.seeds=%d for a cluster that may fail." $replicas $replicas) -}}
{{- end -}}
{{- if and $own (gt $seeds $replicas) -}}
{{- fail (printf "cluster.seeds is %d, but replicas is %d: the first map needs every seed, so there must be at least as many pods." $seeds $replicas) -}}
{{- end -}}
{{- if gt (len .Values.cluster.externalSeeds) (len (uniq .Values.cluster.externalSeeds)) -}}
{{- fail "cluster.externalSeeds names a seed twice: each must be another node." -}}
{{- end -}}
{{- if and .Values.ingress.enabled (not .Values.ingress.hosts) -}}
{{- fail "ingress.enabled is true, but ingress.hosts is empty: name at least one host." -}}
{{- end -}}
{{- if and .Values.service.nodePort (eq .Values.service.type "ClusterIP") -}}
{{- fail (printf "service.nodePort is %d, but service.type is ClusterIP: use NodePort or LoadBalancer." (int .Values.service.nodePort)) -}}
{{- end -}}
{{- range $reserved := list "runAsUser" "runAsGroup" "fsGroup" -}}
{{- if eq (toString (get $.Values.podSecurityContext $reserved)) "0" -}}
{{- fail (printf "podSecurityContext.%s is 0: the node does not run as root." $reserved) -}}
{{- end -}}
{{- end -}}
{{- range $variable := .Values.extraEnv -}}
{{- if hasPrefix "TREFOIL_" $variable.name -}}
{{- fail (printf "extraEnv names %s: settings of the node belong under settings, where they are checked." $variable.name) -}}
{{- end -}}
{{- end -}}
{{- range $argument := .Values.extraArgs -}}
{{- if hasPrefix "-Dtrefoil.peer.keys" $argument -}}
{{- fail "extraArgs has trefoil.peer.keys, which is secret: put it into a Secret and name that in sealing.existingSecret." -}}
{{- end -}}
{{- end -}}
{{- $existing := include "trefoil.existing" . | fromJson -}}
{{- if $existing -}}
{{- $before := get ($existing.metadata.annotations | default dict) "trefoil.io/founders" -}}
{{- if and $before (ne $before (include "trefoil.checksum" .)) -}}
{{- fail (printf "cluster.seeds or externalSeeds differs from what this release was installed with (%s): two lists of seeds are two electorates. Keep it." $before) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* How many pods there are now: given, or asked of the cluster, or as many as there will be. */}}
{{- define "trefoil.replicasNow" -}}
{{- if ne (toString .Values.scaleDown.from) "<nil>" -}}
{{- int .Values.scaleDown.from -}}
{{- else -}}
{{- $existing := include "trefoil.existing" . | fromJson -}}
{{- if $existing -}}
{{- int $existing.spec.replicas -}}
{{- else -}}
{{- int .Values.replicas -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* The StatefulSet that an upgrade finds, as JSON; empty where there is none or no cluster to ask. */}}
{{- define "trefoil.existing" -}}
{{- if .Release.IsUpgrade -}}
{{- lookup "apps/v1" "StatefulSet" .Release.Namespace (include "trefoil.name" .) | toJson -}}
{{- else -}}
{}
{{- end -}}
{{- end -}}
