// Prover renders charts with the real Helm 3 and Helm 4 libraries and compares
// the result with a rendering made elsewhere. It reads one JSON request a line
// and writes one JSON answer a line; README.md describes both.
package main

import (
	"flag"
	"fmt"
	"io"
	"log"
	"log/slog"
	"os"
	"runtime/debug"
)

func main() {
	version := flag.Bool("version", false, "print the versions of both Helm libraries")
	verbose := flag.Bool("verbose", false, "let the libraries' warnings through to stderr")
	flag.Parse()

	if *version {
		printVersions(os.Stdout)
		return
	}
	if !*verbose {
		// Random values make the libraries warn thousands of times.
		log.SetOutput(io.Discard)
		slog.SetDefault(slog.New(slog.DiscardHandler))
	}
	if os.Getenv("GOGC") == "" {
		// Rendering makes much garbage and keeps little: a quarter of the time
		// is saved for some hundred MB.
		debug.SetGCPercent(400)
	}
	if err := serve(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "prover:", err)
		os.Exit(1)
	}
}

func printVersions(out io.Writer) {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		fmt.Fprintln(out, "built without module information")
		return
	}
	for _, module := range info.Deps {
		switch module.Path {
		case "helm.sh/helm/v3", "helm.sh/helm/v4":
			fmt.Fprintln(out, module.Path, module.Version)
		}
	}
}
