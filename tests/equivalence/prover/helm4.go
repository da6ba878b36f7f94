package main

import (
	"bytes"
	"fmt"
	"log/slog"
	"path"
	"strings"

	"helm.sh/helm/v4/pkg/action"
	accessor "helm.sh/helm/v4/pkg/chart"
	"helm.sh/helm/v4/pkg/chart/common"
	commonutil "helm.sh/helm/v4/pkg/chart/common/util"
	"helm.sh/helm/v4/pkg/chart/loader"
	chart "helm.sh/helm/v4/pkg/chart/v2"
	chartutil "helm.sh/helm/v4/pkg/chart/v2/util"
	clivalues "helm.sh/helm/v4/pkg/cli/values"
	"helm.sh/helm/v4/pkg/engine"
	release "helm.sh/helm/v4/pkg/release/v1"
)

// helm4 follows pkg/cmd/template.go and install.go of Helm 4 step by step.
type helm4 struct {
	charts *chartCache[*chart.Chart]
}

func newHelm4() helm4 {
	return helm4{charts: newChartCache(loadChart4)}
}

func (h helm4) render(r request, valueFiles []string) (rendering, error) {
	kube, err := h.kubeVersion(r)
	if err != nil {
		return rendering{}, err
	}
	chrt, vals, err := h.inputs(r, valueFiles)
	if err != nil {
		return rendering{}, err
	}

	quiet := action.ConfigurationSetLogger(slog.DiscardHandler)
	install := action.NewInstall(action.NewConfiguration(quiet))
	install.DryRunStrategy = action.DryRunClient
	install.Replace = true
	install.ReleaseName = r.Release
	install.Namespace = r.Namespace
	install.IsUpgrade = r.Upgrade
	install.KubeVersion = kube
	install.APIVersions = r.APIVersions

	releaser, err := install.Run(chrt, vals)
	if err != nil {
		return rendering{}, err
	}
	rel, ok := releaser.(*release.Release)
	if !ok {
		return rendering{}, fmt.Errorf("release of unknown type %T", releaser)
	}
	var text bytes.Buffer
	fmt.Fprintln(&text, strings.TrimSpace(rel.Manifest))
	for _, hook := range rel.Hooks {
		fmt.Fprintf(&text, "---\n# Source: %s\n%s\n", hook.Path, hook.Manifest)
	}
	return rendering{manifests: text.String(), notes: rel.Info.Notes}, nil
}

func (h helm4) values(r request, valueFiles []string) (map[string]any, error) {
	chrt, vals, err := h.inputs(r, valueFiles)
	if err != nil {
		return nil, err
	}
	if err := chartutil.ProcessDependencies(chrt, vals); err != nil {
		return nil, fmt.Errorf("chart dependencies processing failed: %w", err)
	}
	return commonutil.CoalesceValues(chrt, vals)
}

func (h helm4) template(r request, valueFiles []string) (string, error) {
	kube, err := h.kubeVersion(r)
	if err != nil {
		return "", err
	}
	whole, vals, err := h.inputs(r, valueFiles)
	if err != nil {
		return "", err
	}
	small := &chart.Chart{Metadata: whole.Metadata, Files: whole.Files, Values: map[string]any{}}
	small.Metadata.Dependencies = nil
	addHelpers4(small, whole, "")
	small.Templates = append(small.Templates, &common.File{Name: expressionFile, Data: []byte(r.Source)})

	caps := common.DefaultCapabilities.Copy()
	if kube != nil {
		caps.KubeVersion = *kube
	}
	caps.APIVersions = append(caps.APIVersions, r.APIVersions...)
	options := common.ReleaseOptions{
		Name: r.Release, Namespace: r.Namespace, Revision: 1, IsInstall: !r.Upgrade, IsUpgrade: r.Upgrade,
	}
	top, err := commonutil.ToRenderValuesWithSchemaValidation(small, vals, options, caps, true)
	if err != nil {
		return "", err
	}
	files, err := engine.Render(small, top)
	if err != nil {
		return "", err
	}
	return files[path.Join(small.Name(), expressionFile)], nil
}

func (helm4) kubeVersion(r request) (*common.KubeVersion, error) {
	if r.KubeVersion == "" {
		return nil, nil
	}
	kube, err := common.ParseKubeVersion(r.KubeVersion)
	if err != nil {
		return nil, fmt.Errorf("invalid kube version '%s': %w", r.KubeVersion, err)
	}
	return kube, nil
}

// inputs returns a chart that the caller may spoil, and the user's values.
func (h helm4) inputs(r request, valueFiles []string) (*chart.Chart, map[string]any, error) {
	options := clivalues.Options{ValueFiles: valueFiles, Values: r.Set, StringValues: r.SetString}
	vals, err := options.MergeValues(nil)
	if err != nil {
		return nil, nil, err
	}
	loaded, err := h.charts.get(r.Chart)
	if err != nil {
		return nil, nil, err
	}
	chrt := copyChart4(loaded)
	if t := chrt.Metadata.Type; t != "" && t != "application" {
		return nil, nil, fmt.Errorf("%s charts are not installable", t)
	}
	access, err := accessor.NewAccessor(chrt)
	if err != nil {
		return nil, nil, err
	}
	if required := access.MetaDependencies(); len(required) > 0 {
		if err := action.CheckDependencies(chrt, required); err != nil {
			return nil, nil, fmt.Errorf("an error occurred while checking for chart dependencies: %w", err)
		}
	}
	return chrt, vals, nil
}

func loadChart4(path string) (*chart.Chart, error) {
	charter, err := loader.Load(path)
	if err != nil {
		return nil, err
	}
	chrt, ok := charter.(*chart.Chart)
	if !ok {
		return nil, fmt.Errorf("chart of an apiVersion that Helm 3 cannot read (%T)", charter)
	}
	return chrt, nil
}

func copyChart4(c *chart.Chart) *chart.Chart {
	metadata := *c.Metadata
	metadata.Dependencies = nil
	for _, dependency := range c.Metadata.Dependencies {
		d := *dependency
		metadata.Dependencies = append(metadata.Dependencies, &d)
	}
	out := &chart.Chart{
		Raw: c.Raw, Metadata: &metadata, Lock: c.Lock, Templates: c.Templates,
		Values: copyMap(c.Values), Schema: c.Schema, SchemaModTime: c.SchemaModTime,
		Files: c.Files, ModTime: c.ModTime,
	}
	for _, sub := range c.Dependencies() {
		out.AddDependency(copyChart4(sub))
	}
	return out
}

func addHelpers4(to, from *chart.Chart, prefix string) {
	for _, file := range from.Templates {
		if isHelper(file.Name) {
			to.Templates = append(to.Templates, &common.File{Name: prefix + file.Name, Data: file.Data})
		}
	}
	for _, sub := range from.Dependencies() {
		addHelpers4(to, sub, prefix+"charts/"+sub.Name()+"/")
	}
}
