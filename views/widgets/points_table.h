// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// PointsTable: the lit points in rows. A click on the star sets or removes it, F2 renames, Delete
// deletes the selected rows; the context menu has these, too. It edits nothing itself.

#include "views/models/points_model.h"
#include "views/widgets/data_table.h"

namespace views {

class PointsTable : public DataTable {
    Q_OBJECT

public:
    PointsTable(PointLens& lens, PointsModel& points, QWidget* parent = nullptr);

    /// Rows of the store that are selected.
    std::vector<int> selectedPoints() const;
    /// -1: none.
    int currentPoint() const;
    /// Selects the row of a point of the store and scrolls to it.
    void showPoint(int point);

public slots:
    void starSelected();
    void renameCurrent();
    void noteCurrent();
    void deleteSelected();

signals:
    void marksEdited(const views::MarksEdit& edit, const QString& text);
    void pointPicked(int point);
    void pointOpened(int point);

protected:
    void addOwnActions(QMenu& menu) override;
    bool edit(const QModelIndex& index, EditTrigger trigger, QEvent* event) override;
    void closeEditor(QWidget* editor, QAbstractItemDelegate::EndEditHint hint) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void hideEmptyColumns();
    void keepSelection();
    void restoreSelection();
    void editCell(int column);

    PointLens& m_lens;
    PointsModel& m_points;
    std::vector<int> m_kept;  ///< selected points while the rows are replaced
    int m_keptCurrent = -1;
    bool m_isFitted = false;  ///< columns were fitted to their contents
};

}  // namespace views
