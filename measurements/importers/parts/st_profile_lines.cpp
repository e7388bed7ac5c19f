// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parts/st_profile_lines.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "importers/parts/op_tags.h"
#include "importers/parts/text_scan.h"

namespace importers {
namespace {

using types::Quantity;
using RowWords = std::vector<std::string_view>;

constexpr int64_t kMaxNodes = 100000;
constexpr std::string_view kLayersTitle = "Inference time per node";
/// Rows are rounded to a microsecond; the time between layers belongs to none.
constexpr double kRounding = 0.001;

RowWords rowWords(std::string_view line) {
    RowWords words;
    for (const auto word : piecesOf(line, ' '))
        if (!word.empty()) words.push_back(word);
    return words;
}

/// "(10, 15, 15, 16)" becomes "15x15x16": the first number counts the samples of the run.
std::string sampleShape(std::string_view line) {
    for (size_t open = line.find('('); open != std::string_view::npos;
         open = line.find('(', open + 1)) {
        const auto inside = between(line.substr(open), "(", ")");
        if (!inside || !contains(*inside, ",")) continue;
        std::string text;
        bool isFirst = true, isShape = true;
        for (const auto size : piecesOf(*inside, ',')) {
            isShape = isShape && integerOf(size).has_value();
            if (!isFirst) text += (text.empty() ? "" : "x") + std::string(size);
            isFirst = false;
        }
        if (isShape) return text;
    }
    return {};
}

/// "10011/(Merged Conv2d / Pool)" and "Conv2D (0x103)" become the name of the layer's type.
std::string typeName(std::string_view text) {
    if (const auto inside = between(text, "/(", ")")) return std::string(trimmed(*inside));
    return std::string(trimmed(text.substr(0, text.find('('))));
}

/// The clock of "@84/84MHz" and "@480MHz/240MHz": the core's comes first.
std::optional<double> clockOf(std::string_view line) {
    const size_t at = line.find('@');
    if (at == std::string_view::npos || !contains(line.substr(at), "MHz")) return std::nullopt;
    const auto clock = leadingNumber(line.substr(at + 1));
    return clock && *clock > 0 && *clock < 1e5 ? clock : std::nullopt;
}

/// Times have a point, and commas between thousands.
std::optional<double> timeOf(std::string_view word) {
    const bool isTime =
        contains(word, ".") && word.find_first_not_of("0123456789,.") == std::string_view::npos;
    return isTime ? leadingGrouped(word) : std::nullopt;
}

}  // namespace

bool StProfileLines::take(std::string_view line, SessionBuilder& builder) {
    if (const auto clock = clockOf(line)) builder.conditions().clockMhz = *clock;
    return takeRun(line, builder) || takeFact(line, builder) || takeRow(line);
}

bool StProfileLines::takeRun(std::string_view line, SessionBuilder& builder) {
    if (!line.starts_with("Results for ") && !contains(line, "ST.AI Profiling results")) {
        // A part of a report may hold the layers alone.
        if (m_inRun || !line.starts_with(kLayersTitle)) return false;
    }
    m_inRun = true;
    m_inTable = false;
    builder.conditions().source = types::MeasurementSource::Board;
    const size_t at = line.find(" inference");
    if (at == std::string_view::npos ||
        !noteValue(builder.conditions().notes, "inferences").empty())
        return true;
    const auto before = trimmed(line.substr(0, at));
    builder.note("inferences", std::string(before.substr(before.find_last_of(' ') + 1)));
    return true;
}

bool StProfileLines::takeFact(std::string_view line, SessionBuilder& builder) {
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos) return false;
    const auto name = trimmed(line.substr(0, colon)), value = trimmed(line.substr(colon + 1));
    if (name == "device" && contains(value, "@")) {
        builder.conditions().board = std::string(trimmed(value.substr(0, value.find('@'))));
        return true;
    }
    if (!m_inRun) return false;
    // Several cores give several numbers: "[1,700,000 2,645,600]".
    const auto number = leadingGrouped(value.substr(value.starts_with('[') ? 1 : 0));
    if (name == "duration" && number && contains(value, "ms")) {
        m_durationMs = number;
        builder.add(types::kWhole, Quantity::LatencyUs, *number * 1000);
    } else if (name == "CPU cycles" && number) {
        builder.add(types::kWhole, Quantity::Cycles, *number);
    } else if (name == "nb sample(s)") {
        builder.note("inferences", std::string(value));
    } else {
        return name == "macc" || name == "cycles/MACC" || name == "CPU Workload";
    }
    return true;
}

bool StProfileLines::takeRow(std::string_view line) {
    const auto words = rowWords(line);
    if (words.size() > 3 && (words[0] == "Clayer" || words[0] == "c_id") &&
        (contains(line, " ms") || contains(line, "(ms)"))) {
        m_inTable = m_inRun;
        // Epochs of an accelerator are no layers of the model, and have one number only.
        m_idWords = words[1] == "m_id" || words[1] == "id" ? 2 : 1;
        if (m_inTable) m_runs.push_back({{}, 0, m_durationMs, m_idWords == 2});
        return m_inTable;
    }
    if (!m_inTable || words.empty()) return m_inTable = false;
    // The time is the first number with a point: shares follow it, and types hold none.
    size_t place = 0;
    while (place < words.size() && !timeOf(words[place]))
        ++place;
    if (place == words.size()) return true;
    Run& run = m_runs.back();
    const double milliseconds = *timeOf(words[place]);
    const int64_t layer = place > m_idWords ? integerOf(words[m_idWords - 1]).value_or(-1) : -1;
    if (contains(line, "(total)") || words[0] == "total") {
        run.totalMs = milliseconds;
        m_inTable = false;
    } else if (words[0] == "n/a") {
        run.betweenMs += milliseconds;
    } else if (layer >= 0 && layer < kMaxNodes) {
        Layer& entry = run.layers[static_cast<int32_t>(layer)];
        const char* begin = words[m_idWords].data();
        const auto text = line.substr(static_cast<size_t>(begin - line.data()),
                                      static_cast<size_t>(words[place].data() - begin));
        if (entry.name.empty()) entry = {typeName(text), sampleShape(text), 0};
        entry.milliseconds += milliseconds;
    }
    return true;
}

void StProfileLines::addLayer(int32_t index, const Layer& layer, bool isOfModel,
                              SessionBuilder& builder) {
    if (!isOfModel) {
        const std::string key = "section/" + std::to_string(index) + " " + layer.name;
        builder.add(key, Quantity::LatencyUs, layer.milliseconds * 1000);
        return;
    }
    const std::string op = opTag(layer.name);
    types::Measurement& measurement = builder.atLayer(index, op, Quantity::LatencyUs);
    // The tool's type name is no operator of the model, so only the index joins it.
    if (!isOpTag(op)) measurement.op.clear();
    if (measurement.samples.empty()) addNote(measurement.note, "out_shape", layer.outShape);
    measurement.samples.push_back(layer.milliseconds * 1000);
}

void StProfileLines::addRun(const Run& run, SessionBuilder& builder) const {
    double sum = run.betweenMs;
    for (const auto& [index, layer] : run.layers) {
        sum += layer.milliseconds;
        addLayer(index, layer, run.areOfModel, builder);
    }
    if (run.totalMs && !m_durationMs)
        builder.add(types::kWhole, Quantity::LatencyUs, *run.totalMs * 1000);
    if (run.layers.empty()) builder.warn("the table of the layers holds no time that can be read");
    const double allowed = kRounding * static_cast<double>(run.layers.size() + 1);
    if (run.layers.empty() || !run.totalMs || std::abs(sum - *run.totalMs) <= allowed) return;
    char text[160];
    snprintf(text, sizeof text, "the layers sum to %.3f ms, the report's total is %.3f ms", sum,
             *run.totalMs);
    builder.warn(text);
}

bool StProfileLines::isTimed() const {
    return m_durationMs || std::any_of(m_runs.begin(), m_runs.end(),
                                       [](const Run& run) { return !run.layers.empty(); });
}

void StProfileLines::finish(SessionBuilder& builder) const {
    for (const Run& run : m_runs)
        addRun(run, builder);
}

}  // namespace importers
