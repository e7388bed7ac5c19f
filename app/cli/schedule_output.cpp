// SPDX-License-Identifier: GPL-3.0-or-later
#include "schedule_output.h"

#include "text_table.h"

namespace app {

using namespace types;

const char* inputOf(const ScheduleRow& row) {
    return row.isFed ? "rows" : "whole";
}

Json toJson(const ChosenSchedule& schedule) {
    const auto whole = static_cast<double>(schedule.wholeMacs);
    Json bands = Json::array();
    for (const OperatorBand& band : schedule.bands)
        bands.push_back({{"first", band.first}, {"end", band.end}, {"rows", band.rows}});
    return {{"row", schedule.row.number},
            {"arena_bytes", schedule.row.arenaBytes},
            {"input", inputOf(schedule.row)},
            {"macs", schedule.row.macs},
            {"macs_factor", whole > 0 ? static_cast<double>(schedule.row.macs) / whole : 1.0},
            {"moved_bytes", schedule.plan.movedBytes},
            {"calls", schedule.plan.calls},
            {"schedule", schedule.row.text},
            {"bands", std::move(bands)}};
}

std::string textOf(const ChosenSchedule& schedule) {
    return "schedule " + std::to_string(schedule.row.number) + ": " + schedule.row.text +
           (schedule.row.isFed ? "; input by rows, from the caller\n"
                               : "; input whole, in the arena\n");
}

void addChosenSchedule(Json& json, const Evaluation& e) {
    if (!e.schedule) return;
    json["schedule"] = toJson(*e.schedule);
    json["schedule"]["acts"] = e.isScheduled();
    if (!e.isScheduled()) json["schedule"]["acts_reason"] = e.scheduleGap;
}

std::string scheduleText(const Evaluation& e) {
    if (!e.schedule) return {};
    return textOf(*e.schedule) + (e.isScheduled() ? "" : "not counted: " + e.scheduleGap + "\n");
}

}  // namespace app
