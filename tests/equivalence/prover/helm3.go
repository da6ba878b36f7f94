package main

import (
	"bytes"
	"fmt"
	"path"
	"strings"

	"helm.sh/helm/v3/pkg/action"
	"helm.sh/helm/v3/pkg/chart"
	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/chartutil"
	clivalues "helm.sh/helm/v3/pkg/cli/values"
	"helm.sh/helm/v3/pkg/engine"
)

// helm3 follows cmd/helm/template.go and install.go of Helm 3 step by step.
type helm3 struct {
	charts *chartCache[*chart.Chart]
}

func newHelm3() helm3 {
	return helm3{charts: newChartCache(loader.Load)}
}

func (h helm3) render(r request, valueFiles []string) (rendering, error) {
	kube, err := h.kubeVersion(r)
	if err != nil {
		return rendering{}, err
	}
	chrt, vals, err := h.inputs(r, valueFiles)
	if err != nil {
		return rendering{}, err
	}

	install := action.NewInstall(&action.Configuration{Log: func(string, ...any) {}})
	install.DryRun = true
	install.DryRunOption = "true"
	install.ClientOnly = true
	install.Replace = true
	install.ReleaseName = r.Release
	install.Namespace = r.Namespace
	install.IsUpgrade = r.Upgrade
	install.KubeVersion = kube
	install.APIVersions = r.APIVersions

	release, err := install.Run(chrt, vals)
	if err != nil {
		return rendering{}, err
	}
	var text bytes.Buffer
	fmt.Fprintln(&text, strings.TrimSpace(release.Manifest))
	for _, hook := range release.Hooks {
		fmt.Fprintf(&text, "---\n# Source: %s\n%s\n", hook.Path, hook.Manifest)
	}
	return rendering{manifests: text.String(), notes: release.Info.Notes}, nil
}

func (h helm3) values(r request, valueFiles []string) (map[string]any, error) {
	chrt, vals, err := h.inputs(r, valueFiles)
	if err != nil {
		return nil, err
	}
	if err := chartutil.ProcessDependenciesWithMerge(chrt, vals); err != nil {
		return nil, err
	}
	return chartutil.CoalesceValues(chrt, vals)
}

func (h helm3) template(r request, valueFiles []string) (string, error) {
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
	addHelpers3(small, whole, "")
	small.Templates = append(small.Templates, &chart.File{Name: expressionFile, Data: []byte(r.Source)})

	caps := chartutil.DefaultCapabilities.Copy()
	if kube != nil {
		caps.KubeVersion = *kube
	}
	caps.APIVersions = append(caps.APIVersions, r.APIVersions...)
	options := chartutil.ReleaseOptions{
		Name: r.Release, Namespace: r.Namespace, Revision: 1, IsInstall: !r.Upgrade, IsUpgrade: r.Upgrade,
	}
	top, err := chartutil.ToRenderValuesWithSchemaValidation(small, vals, options, caps, true)
	if err != nil {
		return "", err
	}
	files, err := engine.Render(small, top)
	if err != nil {
		return "", err
	}
	return files[path.Join(small.Name(), expressionFile)], nil
}

func (helm3) kubeVersion(r request) (*chartutil.KubeVersion, error) {
	if r.KubeVersion == "" {
		return nil, nil
	}
	kube, err := chartutil.ParseKubeVersion(r.KubeVersion)
	if err != nil {
		return nil, fmt.Errorf("invalid kube version '%s': %w", r.KubeVersion, err)
	}
	return kube, nil
}

// inputs returns a chart that the caller may spoil, and the user's values.
func (h helm3) inputs(r request, valueFiles []string) (*chart.Chart, map[string]any, error) {
	options := clivalues.Options{ValueFiles: valueFiles, Values: r.Set, StringValues: r.SetString}
	vals, err := options.MergeValues(nil)
	if err != nil {
		return nil, nil, err
	}
	loaded, err := h.charts.get(r.Chart)
	if err != nil {
		return nil, nil, err
	}
	chrt := copyChart3(loaded)
	if t := chrt.Metadata.Type; t != "" && t != "application" {
		return nil, nil, fmt.Errorf("%s charts are not installable", t)
	}
	if required := chrt.Metadata.Dependencies; required != nil {
		if err := action.CheckDependencies(chrt, required); err != nil {
			return nil, nil, fmt.Errorf("an error occurred while checking for chart dependencies: %w", err)
		}
	}
	return chrt, vals, nil
}

func copyChart3(c *chart.Chart) *chart.Chart {
	metadata := *c.Metadata
	metadata.Dependencies = nil
	for _, dependency := range c.Metadata.Dependencies {
		d := *dependency
		metadata.Dependencies = append(metadata.Dependencies, &d)
	}
	out := &chart.Chart{
		Raw: c.Raw, Metadata: &metadata, Lock: c.Lock, Templates: c.Templates,
		Values: copyMap(c.Values), Schema: c.Schema, Files: c.Files,
	}
	for _, sub := range c.Dependencies() {
		out.AddDependency(copyChart3(sub))
	}
	return out
}

func addHelpers3(to, from *chart.Chart, prefix string) {
	for _, file := range from.Templates {
		if isHelper(file.Name) {
			to.Templates = append(to.Templates, &chart.File{Name: prefix + file.Name, Data: file.Data})
		}
	}
	for _, sub := range from.Dependencies() {
		addHelpers3(to, sub, prefix+"charts/"+sub.Name()+"/")
	}
}
