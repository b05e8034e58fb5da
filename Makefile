# make check is what CI runs, and nothing more.

LINT = go run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
FUZZTIME ?= 10s

.PHONY: check test fuzz bench lint

check: lint ## format, module file, linters, race tests shuffled in a foreign zone, build
	go mod tidy -diff
	CGO_ENABLED=0 go build -trimpath ./...
	TZ=Pacific/Chatham go test -race -shuffle=on -timeout 40m ./...

lint:
	$(LINT) run ./...

test: ## what the README says
	go test ./...

fuzz: ## every fuzz target for FUZZTIME
	@set -e; for pkg in $$(go list ./...); do \
	  for f in $$(go test -list '^Fuzz' $$pkg | grep ^Fuzz || true); do \
	    echo "$$pkg $$f"; go test -run '^$$' -fuzz "^$$f$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 1x $$pkg; \
	  done; done

bench: ## turns a second beside an echo bot, and the packages' own benchmarks
	go run ./cmd/bench
	go test -run '^$$' -bench . -benchtime 1s ./...
