// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ScheduleDesk: searches the front of schedules that the page Memory asks for, and sets the knob to
// the one that is clicked there. Thread rules: the GUI thread only; the work runs in a Job.

#include "app/explorer.h"
#include "views/widgets/pages/memory_page.h"
#include "views/widgets/plots/schedule_plot.h"

namespace app {

class ScheduleDesk : public QObject {
    Q_OBJECT

public:
    ScheduleDesk(Explorer& explorer, views::MemoryPage& page, QObject* parent = nullptr);

private:
    void search(const types::EvaluationPtr& evaluation);
    void choose(int row);

    Explorer& m_explorer;
    views::MemoryPage& m_page;
    Job m_searching;
    /// The front found last, and of which model on which board: the knob itself changes neither.
    std::string m_model;
    types::DevicePtr m_device;
    views::ScheduleFigures m_figures;
};

}  // namespace app
