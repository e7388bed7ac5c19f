// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// TradeoffPage: the tried variations as a scatter plot of two chosen metrics, and as a table.
// One click picks a variation, a double click opens it.

#include <QWidget>

#include "views/models/evaluation_feed.h"
#include "views/models/selection.h"
#include "views/models/variations_model.h"
#include "views/widgets/plots/tradeoff_plot.h"

class QCheckBox;
class QComboBox;
class QHBoxLayout;
class QLabel;

namespace views {

class DataTable;

class TradeoffPage : public QWidget {
    Q_OBJECT

public:
    TradeoffPage(Selection& selection, EvaluationFeed& feed, VariationsModel& variations,
                 QWidget* parent = nullptr);

protected:
    void showEvent(QShowEvent* event) override;

signals:
    void variationOpened(const types::Variation& variation);

private:
    struct AxisChoice {
        QComboBox* metric = nullptr;
        QCheckBox* logarithmic = nullptr;
        TradeoffPlot::Axis axis() const;
    };
    AxisChoice addAxisChoice(QHBoxLayout* row, const QString& label, Metric chosen);
    QWidget* buildPlot();
    void buildTable();
    void redraw();
    void askOfNewData();
    void showPicked();
    void openRow(int row);

    Selection& m_selection;
    EvaluationFeed& m_feed;
    VariationsModel& m_variations;
    std::string m_shownDataset;  ///< dataset of the evaluation shown last
    bool m_isStale = false;      ///< hidden pages are redrawn when they are shown
    AxisChoice m_x, m_y;
    TradeoffPlot* m_plot = nullptr;
    QLabel* m_note = nullptr;
    DataTable* m_table = nullptr;
};

}  // namespace views
