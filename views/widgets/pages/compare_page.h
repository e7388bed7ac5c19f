// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ComparePage: a baseline and a candidate side by side: two variations of the open model, or one
// and a second model. The verdict, cards, a chart and a table of the matched layers, both memories;
// all of it draws from one ModelDiff. Space flips which side is in front.
//
// The page asks for a ModelDiff (compareRequested) while it is visible, whenever the choice or the
// evaluations change; app/diff_desk.h makes it.

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabWidget>
#include <QToolButton>
#include <QWidget>
#include <optional>

#include "types/model_diff.h"
#include "views/models/diff_cards.h"
#include "views/models/diff_rows_model.h"
#include "views/models/evaluation_feed.h"
#include "views/models/selection.h"

class QGridLayout;

namespace views {

class DataTable;
class DiffMemory;
class DiffPlot;
class SummaryCard;
class WorkStrip;

/// What one side shows: a variation of the open model, or another model as it is.
struct CompareChoice {
    types::Variation variation;
    QString otherModel = {};  ///< path; empty: the open model
    bool operator==(const CompareChoice&) const = default;
};

class ComparePage : public QWidget {
    Q_OBJECT

public:
    ComparePage(Selection& selection, EvaluationFeed& feed, QWidget* parent = nullptr);

    /// Displays the result of compareRequested; null: there is none.
    void setDiff(types::ModelDiffPtr diff);
    const types::ModelDiffPtr& diff() const { return m_diff; }
    /// Adds a model to both lists, and chooses it as the candidate.
    void addModel(const QString& path);
    void choose(const CompareChoice& baseline, const CompareChoice& candidate);
    void flip();
    DiffFront front() const { return m_front; }
    /// Progress of what it asked for.
    WorkStrip& strip() { return *m_strip; }

signals:
    void compareRequested(const views::CompareChoice& baseline,
                          const views::CompareChoice& candidate);
    /// A second model is to be chosen.
    void modelRequested();
    /// The comparison is to be saved as a page.
    void saveRequested(const types::ModelDiffPtr& diff);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    QWidget* buildChoice();
    QWidget* buildContents();
    QWidget* buildLayers();
    QWidget* buildEmpty();
    void fillChoices();
    void showChoice(QComboBox* box, const std::optional<CompareChoice>& chosen);
    void takeChoice(const QComboBox* box, std::optional<CompareChoice>& chosen);
    CompareChoice effective(const std::optional<CompareChoice>& chosen) const;
    void ask();
    void exchange();
    void showFront();
    void placeCards();
    void explain(Metric metric);
    void pick(int row);
    void followSelection();

    Selection& m_selection;
    EvaluationFeed& m_feed;
    types::ModelDiffPtr m_diff;
    DiffFront m_front = DiffFront::Candidate;
    QStringList m_otherModels;  ///< paths
    /// Nothing: what the window shows, which changes with the knobs.
    std::optional<CompareChoice> m_baselineChoice = CompareChoice{}, m_candidateChoice;
    std::vector<CompareChoice> m_choices;  ///< of both lists, behind the first entry
    bool m_isPicking = false;
    DiffRowsModel m_rows;
    QComboBox *m_baseline = nullptr, *m_candidate = nullptr, *m_metric = nullptr;
    QToolButton* m_flip = nullptr;
    QToolButton* m_save = nullptr;
    WorkStrip* m_strip = nullptr;
    QStackedWidget* m_stack = nullptr;
    QLabel *m_verdict = nullptr, *m_unknown = nullptr;
    QGridLayout* m_cardGrid = nullptr;
    std::vector<SummaryCard*> m_cards;
    QTabWidget* m_parts = nullptr;
    DiffPlot* m_plot = nullptr;
    DataTable* m_table = nullptr;
    DiffMemory* m_memory = nullptr;
};

}  // namespace views
