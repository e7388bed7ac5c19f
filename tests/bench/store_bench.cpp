// SPDX-License-Identifier: GPL-3.0-or-later
// How long it takes to store 100,000 samples of layers, and to open a project of that size and
// read everything in it.

#include <benchmark/benchmark.h>

#include "store/session_table.h"
#include "support/temporary_dir.h"

namespace {

types::Session largeSession() {
    types::Session session;
    session.name = "large";
    for (int32_t layer = 0; layer < 100; ++layer) {
        types::Measurement m;
        m.layer = layer;
        m.op = "CONV_2D";
        m.key = types::layerKey(layer, m.op);
        for (int i = 0; i < 1000; ++i)
            m.samples.push_back(100.0 * layer + i / 7.0);
        session.measurements.push_back(std::move(m));
    }
    return session;
}

void store100kSamples(benchmark::State& state) {
    const support::TemporaryDir dir;
    const types::Session session = largeSession();
    auto file = store::ProjectFile::openOrCreate(dir / "p.netcaliper");
    for (auto _ : state)
        if (!store::storeSession(*file, session, store::IfNamed::Replace))
            state.SkipWithError("not stored");
}
BENCHMARK(store100kSamples)->Name("store/100k samples")->Unit(benchmark::kMillisecond);

void openProjectOf100kSamples(benchmark::State& state) {
    const support::TemporaryDir dir;
    {
        auto file = store::ProjectFile::openOrCreate(dir / "p.netcaliper");
        if (!store::storeSession(*file, largeSession())) state.SkipWithError("not stored");
    }
    for (auto _ : state) {
        const auto file = store::ProjectFile::open(dir / "p.netcaliper");
        const auto entries = store::listSessions(*file);
        benchmark::DoNotOptimize(store::readSession(*file, entries->front().id));
    }
}
BENCHMARK(openProjectOf100kSamples)->Name("open/100k samples")->Unit(benchmark::kMillisecond);

}  // namespace
