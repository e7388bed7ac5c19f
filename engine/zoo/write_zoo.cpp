// SPDX-License-Identifier: GPL-3.0-or-later
// netcaliper-zoo OUTDIR: writes the bundled models as .tflite files. The build runs it.
#include <cstdio>
#include <filesystem>

#include "tflite/write.h"
#include "zoo/reference_models.h"

namespace {

int complain(const types::Error& error) {
    std::fprintf(stderr, "error: %s\n", error.message().c_str());
    return 1;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fprintf(stderr, "usage: netcaliper-zoo OUTDIR\n");
        return 2;
    }
    const std::filesystem::path directory = argv[1];
    std::error_code problem;
    std::filesystem::create_directories(directory, problem);
    if (problem) return complain({"cannot be made: " + problem.message(), directory.string(), ""});
    for (const zoo::BundledModel& model : zoo::bundledModels()) {
        const auto graph = model.build(model.precision);
        if (!graph) return complain(graph.error());
        const auto written = tflite::write(**graph, directory / (model.name + ".tflite"));
        if (!written) return complain(written.error());
    }
    return 0;
}
