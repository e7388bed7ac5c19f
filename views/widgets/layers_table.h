// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// LayersTable: the operators of the shown variation; its selected rows and the Selection follow
// each other, and a filter text keeps the rows that contain all its words.

#include "views/models/layers_model.h"
#include "views/models/selection.h"
#include "views/widgets/data_table.h"

namespace views {

class LayersTable : public DataTable {
    Q_OBJECT

public:
    LayersTable(Selection& selection, LayersModel& layers, QWidget* parent = nullptr);

    /// `onlyTroubled`: only layers that the chosen runtime does not simply run.
    void setFilter(const QString& text, bool onlyTroubled = false);
    void sortBy(Metric metric);
    /// Shows only number, op, name and figures, for the narrow table of the overview.
    void showFewColumns();

private:
    void fitLayerColumns();
    void hideMinorColumns();
    void takeSelection();
    void showSelection();

    Selection& m_selection;
    LayersModel& m_layers;
    bool m_showsFew = false;
    bool m_isShowing = false;  ///< rows are being selected to display the Selection
};

}  // namespace views
