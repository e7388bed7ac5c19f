// SPDX-License-Identifier: GPL-3.0-or-later
// Output of TFLM's generic benchmark: build conditions, the model's operators, profile, memory
// tables, checksums, surrounded by the output of a simulator. Source:
// tensorflow/lite/micro/tools/benchmarking/README.md.

#include "importers/importer_list.h"
#include "importers/parts/session_builder.h"
#include "importers/parts/text_scan.h"
#include "importers/parts/tflm_allocation_lines.h"
#include "importers/parts/tflm_profile_lines.h"

namespace importers {
namespace {

using types::Conditions;

/// Converts "cortex-m4+nofp" to "Cortex-M4".
std::string coreName(std::string_view architecture) {
    const std::string name = lowerCase(architecture);
    const auto model = after(name, "cortex-m");
    if (!model) return std::string(architecture);
    return "Cortex-M" + std::string(model->substr(0, model->find('+')));
}

/// Takes a line with a fact about the build; returns false for any other line.
bool takeFact(std::string_view line, SessionBuilder& builder) {
    Conditions& conditions = builder.conditions();
    if (const auto sha = after(line, "Git SHA: "))
        conditions.runtimeVersion = std::string(*sha);
    else if (const auto levels = after(line, "Optimization: "))
        conditions.flags = std::string(trimmed(*levels));
    else if (const auto target = after(line, "TARGET="))
        conditions.board = std::string(*target);
    else if (const auto core = after(line, "TARGET_ARCH="))
        conditions.core = coreName(*core);
    else if (const auto kernels = after(line, "OPTIMIZATION="))
        conditions.kernels = std::string(*kernels);
    else if (contains(line, "-gcc (") && conditions.compiler.empty())
        conditions.compiler = std::string(line);
    else if (const auto before = after(line, "Input CRC32: "))
        builder.note("input crc32", std::string(*before));
    else if (const auto behindRun = after(line, "Output CRC32: "))
        builder.note("output crc32", std::string(*behindRun));
    else
        return false;
    return true;
}

void takeSize(std::string_view line, const char* mark, const char* key, SessionBuilder& builder) {
    const auto text = after(line, mark);
    const auto bytes = text ? leadingNumber(*text) : std::nullopt;
    if (bytes) builder.add(key, types::Quantity::Bytes, *bytes);
}

/// "=== path/person_detect.tflite ===" names the model. The hash after "Model SHA1:" cannot be
/// compared with ours (SHA-256) and becomes a note.
void takeModel(std::string_view line, bool& hashFollows, SessionBuilder& builder) {
    if (hashFollows && !line.empty()) {
        builder.note("model sha1", std::string(line));
        hashFollows = false;
    }
    if (line == "Model SHA1:") hashFollows = true;
    const auto path = between(line, "=== ", ".tflite ===");
    if (path)
        builder.conditions().modelName =
            std::string(path->substr(path->find_last_of('/') + 1)) + ".tflite";
}

bool matchesTflmBenchmark(const LogFile& file) {
    return hasLine(file.bytes, "Configured arena size = ");
}

types::Result<Sessions> readTflmBenchmark(const LogInput& input, const ImportOptions&) {
    SessionBuilder builder(kTflmBenchmark.name);
    builder.conditions().runtime = "TFLM";
    TflmProfileLines profile;
    TflmAllocationLines allocations;
    bool hashFollows = false;
    for (const auto line : linesOf(input.main().bytes)) {
        if (profile.take(line) || allocations.take(line, builder)) continue;
        takeModel(line, hashFollows, builder);
        takeSize(line, "Configured arena size = ", "arena/configured", builder);
        takeSize(line, "Model size:", "model", builder);
        if (takeFact(line, builder) || !contains(line, " statistics: ---")) continue;
        // Arm's Fixed Virtual Platforms end with this line; their cycles are instructions.
        builder.conditions().source = types::MeasurementSource::Emulator;
        builder.warn(
            "this log comes from a simulator that does not model time: its ticks "
            "follow instructions, not the cycles of a board");
    }
    profile.finish(builder);
    if (builder.session().measurements.empty())
        return types::fail("the dump ends before the first measurement", input.name,
                           "let the benchmark run to its end");
    return Sessions{builder.take()};
}

}  // namespace

const Importer kTflmBenchmark = {
    "tflm-benchmark", "TFLM's generic benchmark: conditions, ticks per layer, arena tables",
    matchesTflmBenchmark, readTflmBenchmark};

}  // namespace importers
