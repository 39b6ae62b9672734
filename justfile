# What one can do here; `just` lists it.
_default:
    @just --list

# Build everything.
build:
    dotnet build Patchbay.slnx

# Run every test, on SQLite and PostgreSQL; installs what is missing.
test:
    ./test.sh

# Build, and run what needs neither PostgreSQL nor minutes.
quick:
    ./test.sh --quick

# Run every test and write which lines it ran to artifacts/coverage.
coverage:
    ./test.sh --coverage

# Change the code and see whether a test notices: just mutate Engine --mutate "Policy/*.cs"
mutate project *options:
    dotnet tool restore
    cd test/Patchbay.{{project}}.Tests && dotnet stryker --config-file ../stryker.json --project Patchbay.{{project}}.csproj {{options}}

# Run the tests of one project: just test-one Engine
test-one project:
    dotnet test --project test/Patchbay.{{project}}.Tests

# Run them, and say which lines they reach: just coverage-one Engine
coverage-one project:
    dotnet test --project test/Patchbay.{{project}}.Tests -- --coverlet --coverlet-output-format cobertura --coverlet-include "[Patchbay*]*" --coverlet-exclude "[*Tests]*" --coverlet-exclude "[Patchbay.TestKit]*"

# Interleave ledger, lanes and membership in many more ways than ./test.sh does: just coyote 50000
coyote schedules="20000":
    dotnet build test/Patchbay.CoyoteTests --configuration Release
    PATCHBAY_SCHEDULES={{schedules}} dotnet test --project test/Patchbay.CoyoteTests --configuration Release --no-build

# Measure the hub beside its yardsticks: just bench --only throughput
bench *options:
    bench/run.sh {{options}}

# Serve on http://localhost:5000 with SQLite in ./data.
serve *options:
    dotnet run --project src/Patchbay -- serve {{options}}

# Show the hub at work against played-back providers.
demo *options:
    dotnet run --project src/Patchbay -- demo {{options}}

# Write docs/events.md, docs/providers, the error codes in docs/api.md and clients/openapi.json anew, from what the hub declares.
docs:
    PATCHBAY_WRITE_DOCS=1 dotnet test --project test/Patchbay.Hub.Tests -- --filter-class "*EventTypesTests" "*ErrorCodeTests" "*PublishedDocumentTests" "*ProviderPagesTests"

# Format the sources.
format:
    dotnet format Patchbay.slnx
