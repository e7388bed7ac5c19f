// SPDX-License-Identifier: GPL-3.0-or-later
// The serial log of Heim's TFLM toolchain: one line with a time per layer, repeated, then a report
// with the score of each class:
//   Layer_0_CONV_2D <tab> 13001
//   _start_report_
//   Class 0 (0.1000000015) <tab> 0x1.99999ap-4
//   _end_report_
// Reads the scores from their hexadecimal form, which is exact. Source: lheim/TFLM-Toolchain.

#include <cmath>
#include <cstdlib>

#include "importers/importer_list.h"
#include "importers/parts/session_builder.h"
#include "importers/parts/text_scan.h"

namespace importers {
namespace {

using types::Quantity;

bool matchesHeimUart(const LogFile& file) {
    return hasLine(file.bytes, "_start_report_") || hasLine(file.bytes, "Layer_0_");
}

/// Takes "Layer_12_CONV_2D<tab>13001"; false for any other line.
bool takeLayer(std::string_view line, SessionBuilder& builder) {
    const auto rest = after(line, "Layer_");
    if (!rest) return false;
    const size_t bar = rest->find('_'), gap = rest->find_first_of("\t ");
    if (bar == std::string_view::npos || gap == std::string_view::npos || gap < bar) return false;
    const auto index = integerOf(rest->substr(0, bar));
    const auto time = numberOf(rest->substr(gap));
    if (!index || !time || *index < 0 || *index >= 100000) return false;
    builder
        .atLayer(static_cast<int32_t>(*index), std::string(rest->substr(bar + 1, gap - bar - 1)),
                 Quantity::Ticks)
        .samples.push_back(*time);
    return true;
}

/// Returns the score of "Class 3 (0.25) <tab> 0x1p-2".
std::optional<double> classScore(std::string_view line) {
    if (!line.starts_with("Class ")) return std::nullopt;
    if (const auto exact = behind(line, "\t")) {
        const std::string text(trimmed(*exact));
        char* end = nullptr;
        const double value = std::strtod(text.c_str(), &end);
        if (end != text.c_str() && *end == '\0' && std::isfinite(value)) return value;
    }
    const auto rounded = between(line, "(", ")");
    return rounded ? numberOf(*rounded) : std::nullopt;
}

void takeReport(std::string_view line, types::RecordedOutput& open, SessionBuilder& builder) {
    auto& outputs = builder.session().outputs;
    if (line == "_start_report_") open.values.clear();
    if (const auto score = classScore(line)) open.values.push_back(*score);
    // A restart may cut off a report; it then has no end and is dropped.
    if (line != "_end_report_" || open.values.empty()) return;
    open.input = std::to_string(outputs.size());
    outputs.push_back(open);
    open.values.clear();
}

types::Result<Sessions> readHeimUart(const LogInput& input, const ImportOptions&) {
    SessionBuilder builder(kHeimUart.name);
    builder.conditions().source = types::MeasurementSource::Board;
    builder.conditions().runtime = "TFLM";
    types::RecordedOutput open;
    for (const auto line : linesOf(input.main().bytes))
        if (!takeLayer(line, builder)) takeReport(line, open, builder);
    const types::Session& session = builder.session();
    if (session.measurements.empty() && session.outputs.empty())
        return types::fail("no complete line of Heim's toolchain", input.name,
                           "expected 'Layer_0_CONV_2D<tab>13001' or a whole report");
    if (!session.measurements.empty())
        builder.warn(
            "this log does not say whether its times are microseconds or cycles: they "
            "are kept as ticks");
    return Sessions{builder.take()};
}

}  // namespace

const Importer kHeimUart = {"heim-uart",
                            "Serial log of Heim's TFLM toolchain: time per layer, scores per class",
                            matchesHeimUart, readHeimUart};

}  // namespace importers
