// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// BoardsModel: which boards the shown model fits, one board per row: the verdict, the predicted
// time, what memory is left after all that is reserved, and what the board is. What the user runs
// beside the model may be edited in place.

#include "types/evaluation.h"
#include "views/models/rows_model.h"

namespace views {

/// Where a profile comes from, in the order of the table.
enum class BoardKind { Real, Emulated, Own };
QString boardKindName(BoardKind kind);

struct BoardRow {
    types::DevicePtr device;
    BoardKind kind = BoardKind::Real;
    types::Budget flash, sram;
    types::Verdict verdict = types::Verdict::Unknown;
    std::string unknownReason;  ///< why the verdict is Unknown
    std::optional<types::Estimate> latencyUs;
    std::string latencyGap;  ///< why there is no latency
};

using BoardRows = std::vector<BoardRow>;

/// "w0.5 fits 24 of 31 real boards; the fastest of them: NUCLEO-H743ZI, 4.21 ms."
QString boardsSentence(const BoardRows& boards, const QString& variation);

class BoardsModel : public RowsModel<BoardRow> {
    Q_OBJECT

public:
    enum Column {
        Board,
        Fits,
        Time,
        SramSpare,
        FlashSpare,
        SramKept,
        FlashKept,
        Core,
        Clock,
        Sram,
        Flash,
        Kernels,
        Kind,
        ColumnCount
    };

    /// By kind, the best first.
    void setBoards(BoardRows boards, const QString& chosenId);
    /// Only the kept bytes are editable.
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;

signals:
    /// The user set what runs beside the model on a board; 0 bytes removes it.
    void keptEdited(const types::DevicePtr& device, bool isFlash,
                    const types::ReservedMemory& line);

private:
    int columns() const override { return ColumnCount; }
    bool isFigure(int column) const override;
    QVariant cell(int row, int column, int role) const override;
    QVariant headerCell(int column, int role) const override;

    QString m_chosenId;
};

}  // namespace views
