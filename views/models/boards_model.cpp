// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/boards_model.h"

#include <QCoreApplication>
#include <QFont>
#include <QGuiApplication>
#include <algorithm>
#include <limits>

#include "types/latency_basis.h"
#include "types/target.h"
#include "views/colors.h"
#include "views/models/budget_text.h"
#include "views/models/reserved_line.h"
#include "views/models/roles.h"
#include "views/number_format.h"

namespace views {
namespace {

QString boardTr(const char* text) {
    return QCoreApplication::translate("BoardsModel", text);
}

QString textOf(const std::string& text) {
    return QString::fromStdString(text);
}

struct BoardColumn {
    const char* title;
    const char* toolTip;
};

constexpr BoardColumn kBoardColumns[] = {
    {QT_TRANSLATE_NOOP("BoardsModel", "Board"),
     QT_TRANSLATE_NOOP("BoardsModel", "Double click or Enter: choose this board")},
    {QT_TRANSLATE_NOOP("BoardsModel", "Fits"),
     QT_TRANSLATE_NOOP("BoardsModel", "Flash and SRAM, with all that is reserved")},
    {QT_TRANSLATE_NOOP("BoardsModel", "Time"),
     QT_TRANSLATE_NOOP("BoardsModel", "Predicted time of one inference")},
    {QT_TRANSLATE_NOOP("BoardsModel", "SRAM to spare"),
     QT_TRANSLATE_NOOP("BoardsModel", "After the arena and all that is reserved")},
    {QT_TRANSLATE_NOOP("BoardsModel", "Flash to spare"),
     QT_TRANSLATE_NOOP("BoardsModel", "After the model, the runtime and all that is reserved")},
    {QT_TRANSLATE_NOOP("BoardsModel", "SRAM kept"),
     QT_TRANSLATE_NOOP("BoardsModel",
                       "Bytes for what runs beside the model: stack, RTOS, drivers. Double click "
                       "or F2 to edit")},
    {QT_TRANSLATE_NOOP("BoardsModel", "Flash kept"),
     QT_TRANSLATE_NOOP("BoardsModel",
                       "Bytes for what runs beside the model. Double click or F2 to edit")},
    {QT_TRANSLATE_NOOP("BoardsModel", "Core"), ""},
    {QT_TRANSLATE_NOOP("BoardsModel", "MHz"), ""},
    {QT_TRANSLATE_NOOP("BoardsModel", "SRAM"), ""},
    {QT_TRANSLATE_NOOP("BoardsModel", "Flash"), ""},
    {QT_TRANSLATE_NOOP("BoardsModel", "Kernels"), ""},
    {QT_TRANSLATE_NOOP("BoardsModel", "Kind"),
     QT_TRANSLATE_NOOP("BoardsModel", "A real board, an emulated one, or a profile of your own")},
};

int64_t keptBytes(const std::vector<types::ReservedMemory>& lines) {
    for (const types::ReservedMemory& line : lines)
        if (line.what == kOtherReserved) return line.bytes;
    return 0;
}

QString spareOf(const types::Budget& budget) {
    const QString least = budget.isKnown() ? QString() : QStringLiteral("≤ ");
    const int64_t spare = budget.spareBytes();
    const QString size = shortText(Unit::Bytes, std::abs(static_cast<double>(spare)));
    return least + (spare < 0 ? kMinus + size : size);
}

QString fitsOf(const BoardRow& row) {
    switch (row.verdict) {
        case types::Verdict::Fits:
            return boardTr("fits");
        case types::Verdict::Unknown:
            return boardTr("not known");
        case types::Verdict::Exceeds:
            break;
    }
    const bool isSram = row.sram.exceeds(), isFlash = row.flash.exceeds();
    return isSram && isFlash ? boardTr("SRAM and flash too small")
           : isSram          ? boardTr("SRAM too small")
           : isFlash         ? boardTr("flash too small")
                             : boardTr("does not run");
}

QString timeOf(const BoardRow& row) {
    if (!row.latencyUs) return kUnknown;
    return shortText(Unit::Microseconds, row.latencyUs->value);
}

/// The board's own releases stand in the tool tip.
QString displayed(const BoardRow& row, int column) {
    const types::DeviceProfile& d = *row.device;
    switch (column) {
        case BoardsModel::Board:
            return textOf(d.name);
        case BoardsModel::Fits:
            return fitsOf(row);
        case BoardsModel::Time:
            return timeOf(row);
        case BoardsModel::SramSpare:
            return spareOf(row.sram);
        case BoardsModel::FlashSpare:
            return spareOf(row.flash);
        case BoardsModel::SramKept:
            return grouped(keptBytes(d.reservedSram));
        case BoardsModel::FlashKept:
            return grouped(keptBytes(d.reservedFlash));
        case BoardsModel::Core:
            return textOf(d.core);
        case BoardsModel::Clock:
            return QString::number(d.clockMhz);
        case BoardsModel::Sram:
            return shortText(Unit::Bytes, static_cast<double>(d.sramBytes));
        case BoardsModel::Flash:
            return shortText(Unit::Bytes, static_cast<double>(d.flashBytes));
        case BoardsModel::Kernels:
            return textOf(d.runtime);
        default:
            return boardKindName(row.kind);
    }
}

/// A number for figures and verdicts, else the text.
QVariant sortKey(const BoardRow& row, int column) {
    switch (column) {
        case BoardsModel::Fits:
            return static_cast<int>(row.verdict);
        case BoardsModel::Time:
            return row.latencyUs ? row.latencyUs->value : std::numeric_limits<double>::max();
        case BoardsModel::SramSpare:
            return qlonglong(row.sram.spareBytes());
        case BoardsModel::FlashSpare:
            return qlonglong(row.flash.spareBytes());
        case BoardsModel::SramKept:
            return qlonglong(keptBytes(row.device->reservedSram));
        case BoardsModel::FlashKept:
            return qlonglong(keptBytes(row.device->reservedFlash));
        case BoardsModel::Clock:
            return row.device->clockMhz;
        case BoardsModel::Sram:
            return qlonglong(row.device->sramBytes);
        case BoardsModel::Flash:
            return qlonglong(row.device->flashBytes);
        case BoardsModel::Kind:
            return static_cast<int>(row.kind);
        default:
            return displayed(row, column);
    }
}

/// Plain digits for the clipboard.
QString plainText(const BoardRow& row, int column) {
    const bool isBytes = column >= BoardsModel::SramSpare && column <= BoardsModel::FlashKept;
    if (isBytes || column == BoardsModel::Sram || column == BoardsModel::Flash)
        return sortKey(row, column).toString();
    if (column == BoardsModel::Time && row.latencyUs)
        return plainNumber(Unit::Microseconds, row.latencyUs->value);
    return displayed(row, column);
}

QString timeTip(const BoardRow& row) {
    if (!row.latencyUs) return textOf(row.latencyGap);
    return boardTr("Predicted, nine in ten between %1 and %2.\n%3")
        .arg(shortText(Unit::Microseconds, row.latencyUs->low),
             shortText(Unit::Microseconds, row.latencyUs->high),
             textOf(types::basisText(*row.device)));
}

QString toolTipOf(const BoardRow& row, int column) {
    const types::DeviceProfile& d = *row.device;
    switch (column) {
        case BoardsModel::Fits:
            return row.verdict == types::Verdict::Unknown ? textOf(row.unknownReason) : fitsOf(row);
        case BoardsModel::Time:
            return timeTip(row);
        case BoardsModel::SramSpare:
        case BoardsModel::Sram:
            return "SRAM: " + budgetSentence(row.sram);
        case BoardsModel::FlashSpare:
        case BoardsModel::Flash:
            return "Flash: " + budgetSentence(row.flash);
        case BoardsModel::Kernels:
            return textOf(d.runtimeVersion);
        default:
            return QStringLiteral("%1 (%2)\n%3, %4")
                .arg(textOf(d.name), textOf(d.id), textOf(d.soc), textOf(d.core));
    }
}

}  // namespace

QString boardKindName(BoardKind kind) {
    switch (kind) {
        case BoardKind::Emulated:
            return boardTr("emulated");
        case BoardKind::Own:
            return boardTr("own");
        case BoardKind::Real:
            break;
    }
    return boardTr("real");
}

void BoardsModel::setBoards(BoardRows boards, const QString& chosenId) {
    std::stable_sort(boards.begin(), boards.end(),
                     [](const BoardRow& a, const BoardRow& b) { return a.kind < b.kind; });
    m_chosenId = chosenId;
    const auto isSame = [](const BoardRow& a, const BoardRow& b) {
        return a.device->id == b.device->id;
    };
    const bool isUpdate =
        std::equal(boards.begin(), boards.end(), rows().begin(), rows().end(), isSame);
    setRows(std::move(boards), isUpdate);
}

QString boardsSentence(const BoardRows& boards, const QString& variation) {
    int real = 0, fitting = 0;
    const BoardRow* fastest = nullptr;
    for (const BoardRow& row : boards) {
        if (row.kind != BoardKind::Real) continue;
        ++real;
        if (row.verdict != types::Verdict::Fits) continue;
        ++fitting;
        if (row.latencyUs && (!fastest || row.latencyUs->value < fastest->latencyUs->value))
            fastest = &row;
    }
    if (real == 0) return {};
    QString text = boardTr("%1 fits %2 of %3 real boards").arg(variation).arg(fitting).arg(real);
    if (fastest)
        text += boardTr("; the fastest of them: %1, %2")
                    .arg(textOf(fastest->device->name), timeOf(*fastest));
    return text + '.';
}

bool BoardsModel::isFigure(int column) const {
    return (column >= Time && column <= FlashKept) || (column >= Clock && column <= Flash);
}

QVariant BoardsModel::cell(int row, int column, int role) const {
    const BoardRow& board = at(row);
    switch (role) {
        case Qt::DisplayRole:
            return displayed(board, column);
        case Qt::EditRole:
        case PlainRole:
            return plainText(board, column);
        case SortRole:
            return sortKey(board, column);
        case Qt::ToolTipRole:
            return toolTipOf(board, column);
        case RowTextRole: {
            QStringList words{textOf(board.device->id), textOf(board.device->vendor),
                              textOf(board.device->soc)};
            for (const int each : {Board, Core, Kernels, Kind})
                words << displayed(board, each);
            return words.join(' ');
        }
        case Qt::FontRole: {
            QFont font = QGuiApplication::font();
            font.setBold(column == Board && textOf(board.device->id) == m_chosenId);
            return font;
        }
        case Qt::ForegroundRole: {
            const bool isOver = (column == Fits && board.verdict == types::Verdict::Exceeds) ||
                                (column == SramSpare && board.sram.exceeds()) ||
                                (column == FlashSpare && board.flash.exceeds());
            return isOver ? QVariant(warningColor(QGuiApplication::palette())) : QVariant();
        }
        default:
            return {};
    }
}

QVariant BoardsModel::headerCell(int column, int role) const {
    if (role == Qt::DisplayRole) return boardTr(kBoardColumns[column].title);
    if (role == Qt::ToolTipRole && *kBoardColumns[column].toolTip)
        return boardTr(kBoardColumns[column].toolTip);
    return role == Qt::TextAlignmentRole ? sideOf(column) : QVariant();
}

Qt::ItemFlags BoardsModel::flags(const QModelIndex& index) const {
    const Qt::ItemFlags plain = RowsModel::flags(index);
    const bool mayEdit =
        index.isValid() && (index.column() == SramKept || index.column() == FlashKept);
    return mayEdit ? plain | Qt::ItemIsEditable : plain;
}

bool BoardsModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (role != Qt::EditRole || !(flags(index) & Qt::ItemIsEditable)) return false;
    bool isNumber = false;
    const qlonglong bytes = value.toString().remove(',').trimmed().toLongLong(&isNumber);
    const BoardRow& row = at(index.row());
    constexpr qlonglong kMaxBytes = qlonglong(1) << 40;
    if (!isNumber || bytes < 0 || bytes > kMaxBytes) return false;
    if (QString::number(bytes) == plainText(row, index.column())) return false;
    emit keptEdited(row.device, index.column() == FlashKept, {kOtherReserved, bytes, "set by you"});
    return true;
}

}  // namespace views
