// SPDX-License-Identifier: GPL-3.0-or-later
// Untrusted project files. Bytes that begin as an SQLite file are one; any others are a recipe that
// damages a whole project (support/damaged_project.h), so that the fuzzer reaches what lies behind
// SQLite's own checks. Reading must not crash, overrun, or return a Project whose parts do not fit
// each other: what it returns is evaluated.

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "engine/evaluate.h"
#include "support/damaged_project.h"

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

void checkSessions(const app::Project& project) {
    for (const types::SessionPtr& session : project.sessions)
        for (const types::Measurement& measurement : session->measurements)
            for (const double sample : measurement.samples)
                require(std::isfinite(sample));
}

void checkWorkspace(const app::Project& project) {
    if (!project.workspace) return;
    const auto count = project.graph ? static_cast<int32_t>(project.graph->ops.size()) : 0;
    for (const int32_t layer : project.workspace->layers)
        require(layer >= 0 && layer < count);
    require(project.workspace->layer >= -1 && project.workspace->layer < count);
}

void checkModels(const app::Project& project) {
    constexpr size_t kMaxEvaluated = 4;
    require(project.trained.size() == project.variations.size());
    for (size_t i = 0; i < std::min(project.variations.size(), kMaxEvaluated); ++i) {
        const types::Variation variation = project.variations[i].normalized();
        engine::EvaluateOptions options;
        options.samples = 1;
        options.training.done = project.trainedModel(i);
        if (variation.train.isSet() && !options.training.done) continue;
        (void)engine::evaluate(project.graph, variation, nullptr, options, {});
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    static const support::TemporaryDir directory;
    static const std::string whole = support::wholeProjectFile();
    const std::filesystem::path file = directory / "p.netcaliper";
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (bytes.starts_with("SQLite"))
        support::writeContent(file, bytes);
    else
        support::writeDamaged(file, whole, bytes);
    const auto project = app::readProject(file);
    if (project) {
        checkSessions(*project);
        checkWorkspace(*project);
        if (project->graph) checkModels(*project);
    } else {
        require(!project.error().what.empty());
    }
    for (const char* ending : {"", "-wal", "-shm", "-journal"})
        std::filesystem::remove(std::filesystem::path(file) += ending);
    return 0;
}
