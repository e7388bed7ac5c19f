// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/schedule_desk.h"

#include "engine/choose_schedule.h"
#include "engine/schedules_on.h"

namespace app {
namespace {

views::ScheduleFigures figuresOf(const types::Result<scheduling::ScheduleFront>& front) {
    if (!front) return {{}, {}, QString::fromStdString(front.error().message())};
    const auto& whole = front->whole;
    return {engine::rowsOf(*front),
            {0, front->arenaBytes(whole), whole.plan.macs, whole.timeUs, false, {}},
            {}};
}

}  // namespace

ScheduleDesk::ScheduleDesk(Explorer& explorer, views::MemoryPage& page, QObject* parent)
    : QObject(parent), m_explorer(explorer), m_page(page) {
    connect(&page, &views::MemoryPage::schedulesRequested, this, &ScheduleDesk::search);
    connect(&page, &views::MemoryPage::scheduleChosen, this, &ScheduleDesk::choose);
}

void ScheduleDesk::search(const types::EvaluationPtr& evaluation) {
    if (evaluation->modelSha256 == m_model && evaluation->device == m_device)
        return m_page.setSchedules(evaluation, m_figures);
    const auto verb = [evaluation](const types::Work& work) {
        return engine::schedulesOn(*evaluation->graph, evaluation->device,
                                   scheduling::Feeding::Both, work);
    };
    m_searching.start(verb,
                      [this, evaluation](const types::Result<scheduling::ScheduleFront>& front) {
                          if (!front && front.error().isCancelled()) return;
                          m_model = evaluation->modelSha256;
                          m_device = evaluation->device;
                          m_figures = figuresOf(front);
                          m_page.setSchedules(evaluation, m_figures);
                      });
}

void ScheduleDesk::choose(int row) {
    types::Variation variation = m_explorer.knobs().variation;
    variation.schedule = {};
    if (row > 0) variation.schedule.row = row;
    m_explorer.editVariation(variation);
    m_explorer.finishEdit();
}

}  // namespace app
