// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// CalledLayersModel: the layers inside of control flow, CALL_ONCE and composites, one row a layer,
// with the operator that calls them and how its row counts them.

#include "types/called_subgraph.h"
#include "views/models/rows_model.h"

namespace views {

struct CalledLayer {
    QString subgraph, callers;
    types::LayerEvaluation layer;
};

class CalledLayersModel : public RowsModel<CalledLayer> {
    Q_OBJECT

public:
    enum Column {
        Subgraph,
        Caller,
        Index,
        Op,
        Output,
        Macs,
        Ops,
        Params,
        WeightBytes,
        Name,
        Count
    };

    void setCalled(const std::vector<types::CalledSubgraph>& called);

private:
    int columns() const override { return Count; }
    bool isFigure(int column) const override {
        return column == Index || (column >= Macs && column <= WeightBytes);
    }
    QVariant cell(int row, int column, int role) const override;
    QVariant headerCell(int column, int role) const override;
    QString textOf(int row, int column) const;
    int64_t figureOf(int row, int column) const;
};

}  // namespace views
