// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// MemoryPage: the arena map, the front of schedules that need less, the buffers alive at the peak
// (or at the picked layer), and the budgets of the board with the lines of every total. Draws the
// plan of TFLM or of our own runtime.

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QWidget>

#include "views/models/budget_model.h"
#include "views/models/buffers_model.h"
#include "views/models/evaluation_feed.h"
#include "views/models/kernel_arenas_model.h"
#include "views/models/selection.h"

namespace views {

class ArenaMap;
class DataTable;
class FoldSection;
class SchedulePlot;
struct ScheduleFigures;

class MemoryPage : public QWidget {
    Q_OBJECT

public:
    MemoryPage(Selection& selection, EvaluationFeed& feed, QWidget* parent = nullptr);

    /// The arena with every release of the board's kernel library.
    void setKernelArenas(const std::vector<types::KernelArena>& arenas);
    /// The front of schedules of an evaluation's model; ignored where another one is shown.
    void setSchedules(const types::EvaluationPtr& evaluation, const ScheduleFigures& figures);

signals:
    /// Forwarded from BudgetModel.
    void reservedEdited(bool isFlash, const types::ReservedMemory& line);
    /// The page shows an evaluation whose schedules it does not know; setSchedules() answers.
    void schedulesRequested(const types::EvaluationPtr& evaluation);
    /// A point of the front was clicked; 0: the model without a schedule.
    void scheduleChosen(int row);
    /// The button beside exceeded budgets was clicked.
    void fitRequested();

protected:
    void showEvent(QShowEvent* event) override;

private:
    void takeEvaluation();
    void refresh();
    void setDimmed(bool dimmed);
    QWidget* buildMap();
    QWidget* buildLists();
    QWidget* buildKernelArenas();
    QWidget* buildSchedules();
    void showSchedule();
    void showAlive();

    Selection& m_selection;
    EvaluationFeed& m_feed;
    types::EvaluationPtr m_shown;               ///< in the map and the lists
    const types::MemoryPlan* m_plan = nullptr;  ///< the chosen plan of m_shown
    bool m_isBudgetOfNetcaliper = false;
    bool m_isStale = false;  ///< a hidden page is filled when it is shown
    BuffersModel m_buffers;
    BudgetModel m_budgets;
    KernelArenasModel m_kernelArenas;
    QComboBox* m_planChoice = nullptr;
    ArenaMap* m_map = nullptr;
    SchedulePlot* m_schedules = nullptr;
    FoldSection* m_scheduleSection = nullptr;
    QLabel* m_total = nullptr;
    QLabel* m_aliveTitle = nullptr;
    QPushButton* m_toPeak = nullptr;
    QPushButton* m_makeFit = nullptr;
    DataTable* m_aliveTable = nullptr;
    DataTable* m_budgetTable = nullptr;
    DataTable* m_kernelTable = nullptr;
    FoldSection* m_kernelSection = nullptr;
};

}  // namespace views
