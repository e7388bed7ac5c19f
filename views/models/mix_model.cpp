// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/mix_model.h"

#include "views/models/mix_bars.h"
#include "views/models/roles.h"
#include "views/models/sessions_model.h"
#include "views/number_format.h"

namespace views {
namespace {

bool isEstimate(int column) {
    return column == MixModel::Cycles || column == MixModel::LatencyUs;
}

}  // namespace

void MixModel::setSession(const types::Session& session) {
    beginResetModel();
    m_mixes = types::instructionMixes(session);
    m_estimate.clear();
    for (const types::Measurement& m : session.measurements)
        if (m.estimated && m.key == types::kWhole) m_estimate = QString::fromStdString(m.note);
    endResetModel();
}

int MixModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_mixes.size());
}

int MixModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

std::optional<double> MixModel::number(int row, int column) const {
    const types::InstructionMix& mix = m_mixes[static_cast<size_t>(row)];
    switch (column) {
        case Instructions:
            return mix.instructions;
        case PerMac:
            return mix.instructionsPerMac();
        case Cycles:
            return mix.cycles;
        case LatencyUs:
            return mix.latencyUs;
        default:
            if (!mix.classes || mix.instructions <= 0) return std::nullopt;
            return 100 * (*mix.classes)[static_cast<size_t>(column - FirstClass)] /
                   mix.instructions;
    }
}

QString MixModel::cellText(int row, int column) const {
    const types::InstructionMix& mix = m_mixes[static_cast<size_t>(row)];
    if (column == What)
        return QString::fromStdString(mix.layer ? types::layerKey(*mix.layer, mix.op)
                                                : types::kWhole);
    const auto value = number(row, column);
    if (!value) return kUnknown;
    if (column == PerMac) return QString::number(*value, 'f', 2);
    if (column == Instructions) return sampleNumber(types::Quantity::Instructions, *value);
    if (isEstimate(column)) return measuredNumber(*value);
    return QString::number(*value, 'f', 1);
}

QVariant MixModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const int row = index.row(), column = index.column();
    const auto value = column == What ? std::nullopt : number(row, column);
    switch (role) {
        case Qt::DisplayRole:
            return cellText(row, column);
        case PlainRole:
            if (column == What) return cellText(row, column);
            return value ? QString::number(*value, 'g', 12) : QString();
        case SortRole:
            // Layers keep their order, not that of their names.
            return column == What ? QVariant(row) : QVariant(value.value_or(-1));
        case Qt::ToolTipRole:
            return isEstimate(column) && value ? m_estimate : cellText(row, column);
        case Qt::TextAlignmentRole:
            return column == What ? QVariant() : int(Qt::AlignRight | Qt::AlignVCenter);
        default:
            return {};
    }
}

QVariant MixModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    const bool isClass = section >= FirstClass && section < Cycles;
    if (isClass) return instructionClassName(static_cast<size_t>(section - FirstClass)) + " %";
    switch (section) {
        case What:
            return tr("What");
        case Instructions:
            return tr("Instructions");
        case PerMac:
            return tr("Instr./MAC");
        case Cycles:
            return tr("Cycles, estimated");
        default:
            return tr("µs, estimated");
    }
}

}  // namespace views
