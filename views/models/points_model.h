// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// PointsModel: the lit points of a PointLens as a table: star, name, a column per metric, whether
// it fits, note. It sorts itself, by numbers. Star, name and note are edited in place; what was
// edited leaves as a signal, since Explorer writes the points.

#include <QTimer>

#include "views/models/point_lens.h"
#include "views/models/rows_model.h"

namespace views {

class PointsModel : public RowsModel<int> {
    Q_OBJECT

public:
    enum Column { Star, Name, FirstMetric };

    explicit PointsModel(PointLens& lens, QObject* parent = nullptr);

    static int fitColumn();
    static int noteColumn();
    /// False where no point has a value in it, so that the table may hide it.
    bool hasValues(int column) const;
    /// Row of the table for a row of the store; -1: not in the table.
    int rowOf(int point) const;
    /// The row of the store that the window shows.
    void setShown(int point);

    void sort(int column, Qt::SortOrder order) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;

    /// Follows the lens at once; otherwise it does so soon.
    void refresh();
    /// While a cell is edited, the rows stay.
    void hold(bool isHeld) { m_isHeld = isHeld; }

signals:
    void marksEdited(const views::MarksEdit& edit, const QString& text);

private:
    int columns() const override;
    bool isFigure(int column) const override;
    QVariant cell(int row, int column, int role) const override;
    QVariant headerCell(int column, int role) const override;
    QVariant textCell(int point, int column, int role) const;
    QVariant figureCell(int point, int figure, int role) const;
    void sortRows(std::vector<int>& points) const;

    PointLens& m_lens;
    QTimer m_untilRefresh;
    int m_sortColumn = -1, m_shown = -1;
    bool m_isHeld = false;
    Qt::SortOrder m_order = Qt::AscendingOrder;
};

}  // namespace views
