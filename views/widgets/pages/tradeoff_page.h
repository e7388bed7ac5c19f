// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// TradeoffPage: the place of exploration: the tried variations and those of sweeps as a scatter
// plot of two chosen columns, as parallel coordinates and as a table, under one filter. One click
// picks a variation, a double click opens it. Brushes, limits and the picked variation are the same
// in all three.

#include <QWidget>

#include "views/models/evaluation_feed.h"
#include "views/models/points_model.h"
#include "views/models/selection.h"

class QCheckBox;
class QComboBox;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QListWidget;
class QSplitter;
class QToolButton;
class QVBoxLayout;

namespace views {

class ParallelPlot;
class SweepBar;
class PointsTable;
class TradeoffPlot;

class TradeoffPage : public QWidget {
    Q_OBJECT

public:
    TradeoffPage(Selection& selection, EvaluationFeed& feed, QWidget* parent = nullptr);

    PointLens& lens() { return m_lens; }
    SweepBar& sweepBar() { return *m_sweep; }

signals:
    void variationOpened(const types::Variation& variation);
    /// The user named, starred, noted or deleted variations; `text` names the undo step.
    void marksEdited(const views::MarksEdit& edit, const QString& text);

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct AxisChoice {
        QComboBox* column = nullptr;
        QCheckBox* logarithmic = nullptr;
    };
    QWidget* buildSweep();
    QWidget* buildFilter();
    QWidget* buildPlots();
    AxisChoice addAxisChoice(QHBoxLayout* row, const QString& name, const QString& label,
                             int chosen);
    QToolButton* addSwitch(QHBoxLayout* row, const QString& text, const QString& toolTip,
                           QWidget* panel, bool isOn);
    void buildTable();
    void connectLens();
    void fillAxisChoices();
    void applyAxes();
    void applyFilter();
    void suggest();
    void redraw();
    void showCounts();
    void showNote();
    void showPicked();
    void askOfNewData();
    void pick(int point);
    void open(int point);

    Selection& m_selection;
    EvaluationFeed& m_feed;
    PointLens m_lens;
    PointsModel m_points;
    std::string m_shownDataset;  ///< dataset of the evaluation shown last
    bool m_isStale = true;       ///< hidden pages are redrawn when they are shown
    std::vector<AxisSetting> m_usualAxes;
    std::vector<int> m_offered;  ///< columns in the axes' choices
    SweepBar* m_sweep = nullptr;
    QLineEdit* m_filter = nullptr;
    QLabel* m_problem = nullptr;
    QLabel* m_counts = nullptr;
    QToolButton* m_clear = nullptr;
    QToolButton* m_suggest = nullptr;
    QSplitter* m_plots = nullptr;
    AxisChoice m_x, m_y;
    TradeoffPlot* m_plot = nullptr;
    ParallelPlot* m_parallel = nullptr;
    QListWidget* m_suggestions = nullptr;
    QLabel* m_note = nullptr;
    PointsTable* m_table = nullptr;
};

}  // namespace views
