// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/budget_model.h"

#include <QFont>
#include <QGuiApplication>

#include "views/colors.h"
#include "views/models/roles.h"
#include "views/number_format.h"

namespace views {

void BudgetModel::addBudget(const QString& name, const types::Budget& budget) {
    const QString device = QStringLiteral("of %1 bytes").arg(grouped(budget.limitBytes));
    const QString what = QStringLiteral("%1: %2").arg(name, spareText(budget.spareBytes()));
    m_lines.push_back({what, grouped(budget.usedBytes), QString::number(budget.usedBytes), device,
                       true, !budget.fits()});
    for (const types::BudgetLine& line : budget.lines)
        m_lines.push_back({"    " + QString::fromStdString(line.what), grouped(line.bytes),
                           QString::number(line.bytes), QString::fromStdString(line.source)});
}

void BudgetModel::setEvaluation(const types::EvaluationPtr& evaluation) {
    beginResetModel();
    m_lines.clear();
    if (evaluation && evaluation->sram) addBudget(QStringLiteral("SRAM"), *evaluation->sram);
    if (evaluation && evaluation->flash) addBudget(QStringLiteral("Flash"), *evaluation->flash);
    endResetModel();
}

int BudgetModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int BudgetModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant BudgetModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const Line& line = m_lines[static_cast<size_t>(index.row())];
    switch (role) {
        case Qt::DisplayRole:
            return index.column() == What     ? line.what
                   : index.column() == Amount ? line.amount
                                              : line.source;
        case PlainRole:
            return index.column() == What     ? line.what.trimmed()
                   : index.column() == Amount ? line.plain
                                              : line.source;
        case Qt::ToolTipRole:
            return line.what.trimmed() + ": " + line.amount + " bytes\n" + line.source;
        case Qt::FontRole: {
            QFont font = QGuiApplication::font();
            font.setBold(line.isHeading);
            return font;
        }
        case Qt::ForegroundRole:
            return line.isPassed ? QVariant(warningColor(QGuiApplication::palette())) : QVariant();
        case Qt::TextAlignmentRole:
            return index.column() == Amount ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter))
                                            : QVariant();
        default:
            return {};
    }
}

QVariant BudgetModel::headerData(int section, Qt::Orientation orientation, int role) const {
    static const char* const kTexts[] = {"Budget", "Bytes", "Source"};
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::DisplayRole) return QString(kTexts[section]);
    if (role == Qt::TextAlignmentRole)
        return int((section == Amount ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    return {};
}

}  // namespace views
