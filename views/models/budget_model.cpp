// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/budget_model.h"

#include <QFont>
#include <QGuiApplication>
#include <algorithm>

#include "views/colors.h"
#include "views/models/budget_text.h"
#include "views/models/reserved_line.h"
#include "views/models/roles.h"
#include "views/number_format.h"

namespace views {
namespace {

using Reserved = BudgetRow::Reserved;

/// Regions that can hold the arena, for a board with several regions of memory.
void addRegion(std::vector<BudgetRow>& rows, const types::Budget& budget) {
    if (budget.region.empty()) return;
    const QString region = QString::fromStdString(budget.region);
    const QString room = QStringLiteral("%1 bytes").arg(grouped(budget.regionBytes));
    const bool holds = budget.holdsBlock();
    const QString what = holds ? QStringLiteral("    arena, in one block, in %1").arg(region)
                               : QStringLiteral("    no region holds the arena in one block");
    rows.push_back(
        {what, grouped(budget.blockBytes), QString::number(budget.blockBytes),
         holds ? "of " + room : QStringLiteral("the largest, %1, has %2").arg(region, room), false,
         !holds});
}

/// "≥ 13,312"; "—" where nothing is known.
QString bytesText(int64_t bytes, bool isLowerBound) {
    if (!isLowerBound) return grouped(bytes);
    return bytes > 0 ? QStringLiteral("≥ ") + grouped(bytes) : QString(kUnknown);
}

/// The spread of code in published builds, under what the profile reserves for it.
void addPublished(std::vector<BudgetRow>& rows, const types::Budget& budget) {
    if (!budget.published) return;
    const types::PublishedCode& code = *budget.published;
    const bool mayExceed = budget.mostBytes() > budget.limitBytes;
    rows.push_back(
        {QStringLiteral("    code in published builds"),
         QStringLiteral("%1 – %2").arg(grouped(code.leastBytes), grouped(code.mostBytes)),
         QString::number(code.mostBytes),
         publishedSentence(budget) + ' ' + QString::fromStdString(code.source), false, mayExceed});
}

void addBudget(std::vector<BudgetRow>& rows, const QString& name, const types::Budget& budget,
               Reserved memory, const std::vector<types::ReservedMemory>& reserved) {
    const auto isReserved = [&](const std::string& what) {
        return std::any_of(reserved.begin(), reserved.end(),
                           [&](const auto& line) { return line.what == what; });
    };
    const QString device = QStringLiteral("of %1 bytes").arg(grouped(budget.limitBytes));
    const QString what = QStringLiteral("%1: %2").arg(name, spareText(budget));
    rows.push_back({what, bytesText(budget.usedBytes, !budget.isKnown()),
                    QString::number(budget.usedBytes), device, true, !budget.fits()});
    for (const types::BudgetLine& line : budget.lines)
        rows.push_back({"    " + QString::fromStdString(line.what),
                        bytesText(line.bytes, line.isUnknown), QString::number(line.bytes),
                        QString::fromStdString(line.source), false, line.isUnknown,
                        isReserved(line.what) ? memory : Reserved::No, line.what});
    if (!isReserved(kOtherReserved))
        rows.push_back({QString("    ") + kOtherReserved, "0", "0",
                        QStringLiteral("nothing yet; double click the bytes to set them"), false,
                        false, memory, kOtherReserved});
    addPublished(rows, budget);
    addRegion(rows, budget);
}

}  // namespace

void BudgetModel::setEvaluation(const types::EvaluationPtr& evaluation) {
    std::vector<BudgetRow> rows;
    if (evaluation && evaluation->device) {
        const types::DeviceProfile& device = *evaluation->device;
        if (evaluation->sram)
            addBudget(rows, QStringLiteral("SRAM"), *evaluation->sram, Reserved::Sram,
                      device.reservedSram);
        if (evaluation->flash)
            addBudget(rows, QStringLiteral("Flash"), *evaluation->flash, Reserved::Flash,
                      device.reservedFlash);
    }
    setRows(std::move(rows));
}

QVariant BudgetModel::cell(int row, int column, int role) const {
    const BudgetRow& line = at(row);
    switch (role) {
        case Qt::DisplayRole:
            return column == What ? line.what : column == Amount ? line.amount : line.source;
        case Qt::EditRole:
            return line.plain;
        case PlainRole:
            return column == What     ? line.what.trimmed()
                   : column == Amount ? line.plain
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
        default:
            return {};
    }
}

Qt::ItemFlags BudgetModel::flags(const QModelIndex& index) const {
    const Qt::ItemFlags plain = RowsModel::flags(index);
    const bool mayEdit =
        index.isValid() && index.column() == Amount && at(index.row()).reserved != Reserved::No;
    return mayEdit ? plain | Qt::ItemIsEditable : plain;
}

bool BudgetModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (role != Qt::EditRole || !(flags(index) & Qt::ItemIsEditable)) return false;
    const BudgetRow line = at(index.row());
    bool isNumber = false;
    const qlonglong bytes = value.toString().remove(',').trimmed().toLongLong(&isNumber);
    if (!isNumber || bytes < 0 || value.toString() == line.plain) return false;
    emit reservedEdited(line.reserved == Reserved::Flash, {line.name, bytes, "set by you"});
    return true;
}

QVariant BudgetModel::headerCell(int column, int role) const {
    static const char* const kTexts[] = {"Budget", "Bytes", "Source"};
    if (role == Qt::DisplayRole) return QString(kTexts[column]);
    return role == Qt::TextAlignmentRole ? sideOf(column) : QVariant();
}

}  // namespace views
