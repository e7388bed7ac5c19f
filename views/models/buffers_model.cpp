// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/buffers_model.h"

#include <algorithm>
#include <functional>
#include <iterator>

#include "views/colors.h"
#include "views/models/arena_layout.h"
#include "views/models/roles.h"
#include "views/number_format.h"

namespace views {
namespace {

using types::Evaluation;
using types::PlannedBuffer;

QString textOf(const Evaluation& evaluation, const types::MemoryPlan& plan,
               const PlannedBuffer& buffer, int column) {
    switch (column) {
        case BuffersModel::Name:
            return bufferName(evaluation, buffer);
        case BuffersModel::Size:
            return grouped(buffer.size);
        case BuffersModel::Address:
            return grouped(buffer.offset);
        default:
            return bufferLifetime(evaluation, plan, buffer);
    }
}

}  // namespace

QString shortName(const std::string& name) {
    // Fused names list their parts separated by ';'; the first part is the operator's own.
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
    const bool isImage = known && evaluation.graph->tensors[tensor].shape.size() == 4;
    if (const int rows = windowRows(evaluation, buffer); rows > 0 && isImage)
        return QObject::tr("%1, %2 of %3 rows")
            .arg(own)
            .arg(rows)
            .arg(evaluation.graph->tensors[tensor].shape[1]);
    return buffer.overwrites < 0 ? own
                                 : QStringLiteral("%1 over T%2").arg(own).arg(buffer.overwrites);
}

int windowRows(const Evaluation& evaluation, const PlannedBuffer& buffer) {
    if (!evaluation.schedule || buffer.isScratch()) return 0;
    for (const types::BandBuffer& window : evaluation.schedule->plan.buffers)
        if (window.tensor == buffer.tensor && window.bytes == buffer.requested &&
            window.offset == buffer.offset)
            return window.rows;
    return 0;
}

QString bufferLifetime(const Evaluation& evaluation, const types::MemoryPlan& plan,
                       const PlannedBuffer& buffer) {
    const auto label = [&plan](int op) { return QStringLiteral("#%1").arg(layerAt(plan, op)); };
    const int last = static_cast<int>(evaluation.layers.size()) - 1;
    const QString to = buffer.lastOp >= last ? QStringLiteral("end") : label(buffer.lastOp);
    if (buffer.firstOp < 0) return "input to " + to;
    if (buffer.firstOp == buffer.lastOp) return label(buffer.firstOp) + " only";
    return label(buffer.firstOp) + " to " + to;
}

void BuffersModel::show(types::EvaluationPtr evaluation, const types::MemoryPlan& plan, int op) {
    std::vector<PlannedBuffer> alive;
    std::ranges::copy_if(plan.buffers, std::back_inserter(alive),
                         [op](const PlannedBuffer& buffer) { return buffer.aliveAt(op); });
    std::ranges::stable_sort(alive, std::greater(), &PlannedBuffer::size);
    m_peakBytes = plan.lowerBoundBytes;
    m_order.order = plan.order;
    m_evaluation = std::move(evaluation);
    setRows(std::move(alive));
}

QVariant BuffersModel::cell(int row, int column, int role) const {
    const PlannedBuffer& buffer = at(row);
    switch (role) {
        case Qt::DisplayRole:
            return textOf(*m_evaluation, m_order, buffer, column);
        case PlainRole:
            if (!isFigure(column)) return textOf(*m_evaluation, m_order, buffer, column);
            return QString::number(column == Size ? buffer.size : buffer.offset);
        case SortRole:
            if (!isFigure(column)) return textOf(*m_evaluation, m_order, buffer, column);
            return qlonglong(column == Size ? buffer.size : buffer.offset);
        case Qt::ToolTipRole:
            if (buffer.isScratch() || !m_evaluation->graph) return {};
            return QString::fromStdString(types::tensorLabel(*m_evaluation->graph, buffer.tensor));
        case BarShareRole:
            if (column != Size || m_peakBytes == 0) return {};
            return static_cast<double>(buffer.size) / static_cast<double>(m_peakBytes);
        case BarColorRole:
            return opClassColor(OpClass::Convolution);
        default:
            return {};
    }
}

QVariant BuffersModel::headerCell(int column, int role) const {
    static const char* const kTexts[] = {"Buffer", "Bytes", "Lives", "Address"};
    if (role == Qt::DisplayRole) return QString(kTexts[column]);
    return role == Qt::TextAlignmentRole ? sideOf(column) : QVariant();
}

}  // namespace views
