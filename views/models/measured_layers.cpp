// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/measured_layers.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>
#include <functional>

#include "types/instruction_mix.h"
#include "views/models/sample_summary.h"
#include "views/models/sessions_model.h"
#include "views/number_format.h"

namespace views {
namespace {

using types::InstructionMix;
using types::Measurement;
using types::Quantity;
using Form = MeasuredColumn::Form;

QString inMeasuredLayers(const char* text) {
    return QCoreApplication::translate("MeasuredLayers", text);
}

QString sourceOf(const types::Session& session) {
    QStringList parts{QString::fromLatin1(types::sourceName(session.conditions.source))};
    for (const std::string& part : {session.conditions.board, session.conditions.core})
        if (!part.empty()) parts << QString::fromStdString(part);
    if (session.conditions.clockMhz > 0)
        parts << QStringLiteral("%1 MHz").arg(session.conditions.clockMhz);
    return QString::fromStdString(session.name) + ": " + parts.join(QStringLiteral(", "));
}

void setValue(MeasuredColumn& column, std::optional<int32_t> layer, std::optional<double> value) {
    if (!layer || *layer < 0) return;
    const auto index = static_cast<size_t>(*layer);
    if (column.values.size() <= index) column.values.resize(index + 1);
    column.values[index] = value;
}

/// Medians of one quantity, measured or estimated; empty where the session has none.
MeasuredColumn collect(const types::Session& session, Quantity quantity, bool isEstimated) {
    MeasuredColumn column;
    QString note;
    for (const Measurement& m : session.measurements) {
        if (m.quantity != quantity || m.estimated != isEstimated || !types::partOf(m).empty())
            continue;
        const auto summary = summarize(m.samples);
        if (!summary || !m.layer) continue;
        setValue(column, m.layer, summary->median);
        note = QString::fromStdString(m.note);
    }
    column.title =
        (isEstimated ? inMeasuredLayers("Estimated (%1)") : inMeasuredLayers("Measured (%1)"))
            .arg(unitText(quantity));
    column.toolTip = isEstimated ? inMeasuredLayers("Estimated: %1").arg(note)
                                 : inMeasuredLayers("Median, measured");
    column.toolTip += "\n" + sourceOf(session);
    return column;
}

/// Adds the first quantity that the session has for layers.
void addFirst(const types::Session& session, bool isEstimated, MeasuredLayers& layers) {
    for (const Quantity quantity : {Quantity::LatencyUs, Quantity::Cycles, Quantity::Ticks}) {
        MeasuredColumn column = collect(session, quantity, isEstimated);
        if (column.values.empty()) continue;
        layers.columns.push_back(std::move(column));
        return;
    }
}

using Getter = std::function<std::optional<double>(const InstructionMix&)>;

/// Share of the classes [first, first + count).
Getter shareOf(size_t first, size_t count) {
    return [first, count](const InstructionMix& mix) -> std::optional<double> {
        if (!mix.classes || mix.instructions <= 0) return std::nullopt;
        double sum = 0;
        for (size_t c = first; c < first + count; ++c)
            sum += (*mix.classes)[c];
        return sum / mix.instructions;
    };
}

struct MixColumn {
    const char* title;
    const char* definition;
    Form form;
    Getter get;
};

const std::vector<MixColumn>& mixColumns() {
    static const std::vector<MixColumn> all = {
        {"Instructions", "Executed instructions of one inference", Form::Count,
         [](const InstructionMix& mix) { return std::optional(mix.instructions); }},
        {"Instr./MAC", "Executed instructions for each multiply-accumulate of the model",
         Form::Ratio, [](const InstructionMix& mix) { return mix.instructionsPerMac(); }},
        {"Loads", "Share of the instructions that load from memory", Form::Share, shareOf(0, 1)},
        {"Stores", "Share of the instructions that store to memory", Form::Share, shareOf(1, 1)},
        {"Mult.-acc.",
         "Share of the instructions that multiply and accumulate; one may do several of the "
         "model's MACs",
         Form::Share, shareOf(2, 1)},
        {"Branches", "Share of the branches, taken and not", Form::Share, shareOf(3, 2)},
        {"Other", "Share of all other instructions", Form::Share, shareOf(5, 1)},
    };
    return all;
}

void addMix(const types::Session& session, MeasuredLayers& layers) {
    const auto mixes = types::instructionMixes(session);
    for (const MixColumn& kind : mixColumns()) {
        MeasuredColumn column{inMeasuredLayers(kind.title),
                              inMeasuredLayers(kind.definition) + "\n" + sourceOf(session),
                              kind.form,
                              {}};
        bool any = false;
        for (const InstructionMix& mix : mixes) {
            const auto value = kind.get(mix);
            setValue(column, mix.layer, value);
            any = any || (mix.layer && value);
        }
        if (any) layers.columns.push_back(std::move(column));
    }
}

}  // namespace

std::optional<double> MeasuredColumn::valueOf(size_t layer) const {
    return layer < values.size() ? values[layer] : std::nullopt;
}

QString MeasuredColumn::textOf(size_t layer) const {
    const auto value = valueOf(layer);
    if (!value) return kUnknown;
    switch (form) {
        case Form::Count:
            return sampleNumber(Quantity::Instructions, *value);
        case Form::Ratio:
            return QString::number(*value, 'f', 2);
        case Form::Share:
            return percentText(100 * *value, 'f', 1);
        default:
            return measuredNumber(*value);
    }
}

std::optional<MeasuredLayers> measuredLayers(const types::Session& session) {
    MeasuredLayers layers;
    addFirst(session, false, layers);
    const size_t measured = layers.columns.size();
    addMix(session, layers);
    layers.mainColumns = std::min(measured + 1, layers.columns.size());
    addFirst(session, true, layers);
    if (layers.columns.empty()) return std::nullopt;
    return layers;
}

LayerTimes measuredTimes(const types::Session& session) {
    LayerTimes times = collect(session, Quantity::LatencyUs, false).values;
    const double clockMhz = session.conditions.clockMhz;
    if (!times.empty() || clockMhz <= 0) return times;
    times = collect(session, Quantity::Cycles, false).values;
    for (auto& time : times)
        if (time) *time /= clockMhz;
    return times;
}

}  // namespace views
