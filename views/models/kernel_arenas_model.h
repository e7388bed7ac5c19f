// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// KernelArenasModel: TFLM's arena by release of a kernel library, one row a release, with the
// difference from the release before: what an upgrade changes.

#include "types/support.h"
#include "views/models/rows_model.h"

namespace views {

class KernelArenasModel : public RowsModel<types::KernelArena> {
    Q_OBJECT

public:
    enum Column { Library, Arena, Difference, Scratch, Source, Count };

    void setArenas(std::vector<types::KernelArena> arenas) { setRows(std::move(arenas)); }

private:
    int columns() const override { return Count; }
    bool isFigure(int column) const override {
        return column == Arena || column == Difference || column == Scratch;
    }
    QVariant cell(int row, int column, int role) const override;
    QVariant headerCell(int column, int role) const override;
    QString textOf(int row, int column) const;
    std::optional<int64_t> figureOf(int row, int column) const;
};

}  // namespace views
