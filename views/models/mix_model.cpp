// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/mix_model.h"

#include "views/models/mix_bars.h"
#include "views/models/roles.h"
#include "views/models/sessions_model.h"
#include "views/number_format.h"

namespace views {
namespace {

using types::InstructionMix;

bool isEstimate(int column) {
    return column == MixModel::Cycles || column == MixModel::LatencyUs;
}

std::optional<double> figureOf(const InstructionMix& mix, int column) {
    switch (column) {
        case MixModel::What:
            return std::nullopt;
        case MixModel::Instructions:
            return mix.instructions;
        case MixModel::PerMac:
            return mix.instructionsPerMac();
        case MixModel::Cycles:
            return mix.cycles;
        case MixModel::LatencyUs:
            return mix.latencyUs;
        default:
            return mix.percentOf(static_cast<size_t>(column - MixModel::FirstClass));
    }
}

QString cellText(const InstructionMix& mix, int column) {
    if (column == MixModel::What)
        return QString::fromStdString(mix.layer ? types::layerKey(*mix.layer, mix.op)
                                                : types::kWhole);
    const auto value = figureOf(mix, column);
    if (!value) return kUnknown;
    if (column == MixModel::PerMac) return QString::number(*value, 'f', 2);
    if (column == MixModel::Instructions)
        return sampleNumber(types::Quantity::Instructions, *value);
    if (isEstimate(column)) return measuredNumber(*value);
    return QString::number(*value, 'f', 1);
}

}  // namespace

void MixModel::setSession(const types::Session& session) {
    m_estimate.clear();
    for (const types::Measurement& m : session.measurements)
        if (m.estimated && m.key == types::kWhole) m_estimate = QString::fromStdString(m.note);
    setRows(types::instructionMixes(session));
}

QVariant MixModel::cell(int row, int column, int role) const {
    const InstructionMix& mix = at(row);
    const auto value = figureOf(mix, column);
    switch (role) {
        case Qt::DisplayRole:
            return cellText(mix, column);
        case PlainRole:
            if (column == What) return cellText(mix, column);
            return value ? QString::number(*value, 'g', 12) : QString();
        case SortRole:
            // Layers sort by their order, not by name.
            return column == What ? QVariant(row) : QVariant(value.value_or(-1));
        case Qt::ToolTipRole:
            return isEstimate(column) && value ? m_estimate : cellText(mix, column);
        default:
            return {};
    }
}

QVariant MixModel::headerCell(int column, int role) const {
    if (role != Qt::DisplayRole) return {};
    switch (column) {
        case What:
            return tr("What");
        case Instructions:
            return tr("Instructions");
        case PerMac:
            return tr("Instr./MAC");
        case Cycles:
            return tr("Cycles, estimated");
        case LatencyUs:
            return tr("µs, estimated");
        default:
            return instructionClassName(static_cast<size_t>(column - FirstClass)) + " %";
    }
}

}  // namespace views
