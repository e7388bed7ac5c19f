// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// GraphPage: the model as a graph, coloured by the window's metric, with a search, the folding of
// repeated blocks, and details of the picked operator beside it. Layouts and histograms are made
// elsewhere: the page asks for them by signals and shows what it is given.

#include <QTimer>
#include <QWidget>
#include <optional>

#include "types/value_histogram.h"
#include "views/models/evaluation_feed.h"
#include "views/models/graph_picture.h"
#include "views/models/selection.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QSplitter;
class QToolButton;

namespace views {

class GraphDetails;
class GraphView;
class HeatLegend;

class GraphPage : public QWidget {
    Q_OBJECT

public:
    GraphPage(Selection& selection, EvaluationFeed& feed, MetricChoice& metric,
              QWidget* parent = nullptr);

    GraphView& view() { return *m_view; }

public slots:
    /// Answers drawingRequested().
    void setDrawing(const types::EvaluationPtr& evaluation,
                    const std::shared_ptr<const types::DrawnGraph>& drawn);
    void showDrawingProblem(const QString& message);
    /// Rows of called subgraphs, of the shown evaluation.
    void setCalled(const std::vector<types::CalledSubgraph>& called);
    /// Answers valuesRequested(); `text` says what is missing.
    void setValues(views::OpPlace place, const std::vector<types::ValueHistogram>& values,
                   const QString& text);

signals:
    void drawingRequested(const types::EvaluationPtr& evaluation,
                          const types::DrawingOptions& options);
    void valuesRequested(const types::EvaluationPtr& evaluation, views::OpPlace place);

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* buildMetricRow();
    QWidget* buildSearchRow();
    QToolButton* tool(const QString& text, const QString& tip);
    void connectAll();

    void requestDrawing();
    void takeModel(const types::Graph& graph);
    void colour();
    void showCurrent(int box);
    void requestValues();
    void pickBox(int box, bool isAdding);
    void pickLayers(int box, bool isAdding);
    void pickPlace(OpPlace place);
    void followSelection();
    void fold(const types::Unfolded& what, bool isUnfolded);
    std::vector<OpPlace> matches();
    void search();
    void stepFound(int step);
    void showFound();

    Selection& m_selection;
    EvaluationFeed& m_feed;
    MetricChoice& m_metric;
    bool m_isStale = true;  ///< a hidden page draws when it is shown
    types::DrawingOptions m_options;
    QString m_modelName;
    bool m_userFolds = false;       ///< the user chose whether repeats are folded
    std::optional<OpPlace> m_held;  ///< stays at its place in the next drawing
    GraphPicturePtr m_picture;
    std::vector<types::CalledSubgraph> m_called;
    types::EvaluationPtr m_calledOf;
    std::vector<Reading> m_readings;
    std::optional<GraphSearch> m_search;  ///< of the picture's model; made when it is needed
    std::vector<OpPlace> m_found;
    int m_foundAt = -1;
    bool m_isPicking = false;
    QTimer m_untilValues;

    GraphView* m_view;
    GraphDetails* m_details;
    QSplitter* m_splitter = nullptr;
    QComboBox* m_metricBox = nullptr;
    HeatLegend* m_legend = nullptr;
    QCheckBox* m_folds = nullptr;
    QLineEdit* m_searchField = nullptr;
    QLabel *m_foundText = nullptr, *m_leftOut = nullptr;
    QToolButton *m_previous = nullptr, *m_next = nullptr;
};

}  // namespace views
