// SPDX-License-Identifier: GPL-3.0-or-later
// Logs of TFLM firmware: profiles of MicroProfiler (tflm_profile_lines.h) and output of the
// recording allocator (tflm_allocation_lines.h), mixed with any other output.

#include "importers/importer_list.h"
#include "importers/parts/session_builder.h"
#include "importers/parts/text_scan.h"
#include "importers/parts/tflm_allocation_lines.h"
#include "importers/parts/tflm_profile_lines.h"

namespace importers {
namespace {

types::Result<Sessions> readStream(const LogInput& input, const char* format) {
    SessionBuilder builder(format);
    TflmProfileLines profile;
    TflmAllocationLines allocations;
    for (const auto line : linesOf(input.main().bytes))
        if (!profile.take(line)) allocations.take(line, builder);
    profile.finish(builder);
    builder.conditions().runtime = "TFLM";
    const auto names = profile.unexplained();
    if (!names.empty())
        return types::fail("no operator is recognised: " + std::to_string(names.size()) +
                               " other names are timed, the first is '" + names.front() + "'",
                           input.name,
                           "expected an operator directly before ' took': 'CONV_2D took 1234 "
                           "ticks (5 ms).'");
    if (builder.session().measurements.empty())
        return types::fail("no complete line of TFLM's profiler or allocator", input.name,
                           "expected 'CONV_2D took 1234 ticks (5 ms).', rows below "
                           "'\"Event\",\"Tag\",\"Ticks\"' or '[RecordingMicroAllocator] ...'");
    return Sessions{builder.take()};
}

bool matchesProfiler(const LogFile& file) {
    const std::string& text = file.bytes;
    return contains(text, "\"Event\",\"Tag\",") || hasLine(text, "Event,Tag,") ||
           contains(text, "\"Unique Tag\"") ||
           (contains(text, " took ") && contains(text, " ticks"));
}

types::Result<Sessions> readProfiler(const LogInput& input, const ImportOptions&) {
    return readStream(input, kTflmProfiler.name);
}

bool matchesAllocator(const LogFile& file) {
    return contains(file.bytes, "[RecordingMicroAllocator] ");
}

types::Result<Sessions> readAllocator(const LogInput& input, const ImportOptions&) {
    return readStream(input, kTflmAllocator.name);
}

}  // namespace

const Importer kTflmProfiler = {
    "tflm-profiler", "TFLM's MicroProfiler: ticks per layer, as lines, CSV or sums per operator",
    matchesProfiler, readProfiler};

const Importer kTflmAllocator = {"tflm-allocator",
                                 "TFLM's RecordingMicroAllocator: bytes of the arena by kind",
                                 matchesAllocator, readAllocator};

}  // namespace importers
