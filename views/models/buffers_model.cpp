// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/buffers_model.h"

#include <algorithm>

#include "views/colors.h"
#include "views/models/roles.h"
#include "views/number_format.h"

namespace views {
namespace {

using types::Evaluation;
using types::PlannedBuffer;

const PlannedBuffer& bufferAt(const Evaluation& evaluation, int index) {
    return evaluation.plan.buffers[static_cast<size_t>(index)];
}

QString textOf(const Evaluation& evaluation, const PlannedBuffer& buffer, int column) {
    switch (column) {
        case BuffersModel::Name:
            return bufferName(evaluation, buffer);
        case BuffersModel::Size:
            return grouped(buffer.size);
        case BuffersModel::Address:
            return grouped(buffer.offset);
        default:
            return bufferLifetime(evaluation, buffer);
    }
}

}  // namespace

QString shortName(const std::string& name) {
    // Fused names list their parts with ';'; the first part is the operator's own.
    QString text = QString::fromStdString(name).section(';', 0, 0);
    const QStringList parts = text.split('/', Qt::SkipEmptyParts);
    if (parts.size() > 2) text = parts.mid(parts.size() - 2).join('/');
    return text;
}

QString bufferName(const Evaluation& evaluation, const PlannedBuffer& buffer) {
    if (buffer.isScratch()) {
        const auto op = static_cast<size_t>(buffer.firstOp);
        const bool known = op < evaluation.layers.size();
        return QStringLiteral("scratch of #%1 %2")
            .arg(buffer.firstOp)
            .arg(known ? QString::fromStdString(evaluation.layers[op].op) : QString());
    }
    const auto tensor = static_cast<size_t>(buffer.tensor);
    const bool known = evaluation.graph && tensor < evaluation.graph->tensors.size();
    const QString name = known ? shortName(evaluation.graph->tensors[tensor].name) : QString();
    const QString own = QStringLiteral("T%1 %2").arg(buffer.tensor).arg(name).trimmed();
    return buffer.overwrites < 0 ? own
                                 : QStringLiteral("%1 over T%2").arg(own).arg(buffer.overwrites);
}

QString bufferLifetime(const Evaluation& evaluation, const PlannedBuffer& buffer) {
    const auto label = [](int op) { return QStringLiteral("#%1").arg(op); };
    const int last = static_cast<int>(evaluation.layers.size()) - 1;
    const QString to = buffer.lastOp >= last ? QStringLiteral("end") : label(buffer.lastOp);
    if (buffer.firstOp < 0) return "input to " + to;
    if (buffer.firstOp == buffer.lastOp) return label(buffer.firstOp) + " only";
    return label(buffer.firstOp) + " to " + to;
}

void BuffersModel::show(types::EvaluationPtr evaluation, int op) {
    beginResetModel();
    m_evaluation = std::move(evaluation);
    m_alive.clear();
    const int count = m_evaluation ? static_cast<int>(m_evaluation->plan.buffers.size()) : 0;
    for (int i = 0; i < count; ++i)
        if (bufferAt(*m_evaluation, i).aliveAt(op)) m_alive.push_back(i);
    std::stable_sort(m_alive.begin(), m_alive.end(), [this](int a, int b) {
        return bufferAt(*m_evaluation, a).size > bufferAt(*m_evaluation, b).size;
    });
    endResetModel();
}

int BuffersModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_alive.size());
}

int BuffersModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant BuffersModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const PlannedBuffer& buffer =
        bufferAt(*m_evaluation, m_alive[static_cast<size_t>(index.row())]);
    const bool isNumber = index.column() == Size || index.column() == Address;
    switch (role) {
        case Qt::DisplayRole:
            return textOf(*m_evaluation, buffer, index.column());
        case PlainRole:
            if (!isNumber) return textOf(*m_evaluation, buffer, index.column());
            return QString::number(index.column() == Size ? buffer.size : buffer.offset);
        case SortRole:
            if (!isNumber) return textOf(*m_evaluation, buffer, index.column());
            return qlonglong(index.column() == Size ? buffer.size : buffer.offset);
        case Qt::TextAlignmentRole:
            return isNumber ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter)) : QVariant();
        case Qt::ToolTipRole:
            if (buffer.isScratch() || !m_evaluation->graph) return {};
            return QString::fromStdString(types::tensorLabel(*m_evaluation->graph, buffer.tensor));
        case BarShareRole:
            if (index.column() != Size || m_evaluation->plan.lowerBoundBytes == 0) return {};
            return static_cast<double>(buffer.size) /
                   static_cast<double>(m_evaluation->plan.lowerBoundBytes);
        case BarColorRole:
            return opClassColor(OpClass::Convolution);
        default:
            return {};
    }
}

QVariant BuffersModel::headerData(int section, Qt::Orientation orientation, int role) const {
    static const char* const kTexts[] = {"Buffer", "Bytes", "Lives", "Address"};
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::DisplayRole) return QString(kTexts[section]);
    if (role == Qt::TextAlignmentRole) {
        const bool right = section == Size || section == Address;
        return int((right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    return {};
}

}  // namespace views
