// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// MemoryPage: the arena map, the buffers alive at the peak (or at the picked layer), and the
// budgets of the board, so that every total opens into its sum. The plan drawn is TFLM's or that of
// our own runtime.

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QWidget>

#include "types/evaluation.h"
#include "views/models/budget_model.h"
#include "views/models/buffers_model.h"
#include "views/models/selection.h"

namespace views {

class ArenaMap;
class DataTable;

class MemoryPage : public QWidget {
    Q_OBJECT

public:
    explicit MemoryPage(Selection& selection, QWidget* parent = nullptr);

    void setEvaluation(types::EvaluationPtr evaluation);
    void setDimmed(bool dimmed);

signals:
    /// As BudgetModel's.
    void reservedEdited(bool isFlash, const types::ReservedMemory& line);
    /// The button that stands beside budgets that are passed.
    void fitRequested();

protected:
    void showEvent(QShowEvent* event) override;

private:
    void refresh();
    QWidget* buildMap();
    QWidget* buildLists();
    void showAlive();

    Selection& m_selection;
    types::EvaluationPtr m_evaluation;
    types::EvaluationPtr m_shown;  ///< with the plan that was chosen
    bool m_isStale = false;        ///< a hidden page is filled when it is shown
    BuffersModel m_buffers;
    BudgetModel m_budgets;
    QComboBox* m_planChoice = nullptr;
    ArenaMap* m_map = nullptr;
    QLabel* m_total = nullptr;
    QLabel* m_aliveTitle = nullptr;
    QPushButton* m_toPeak = nullptr;
    QPushButton* m_makeFit = nullptr;
    DataTable* m_aliveTable = nullptr;
    DataTable* m_budgetTable = nullptr;
};

}  // namespace views
