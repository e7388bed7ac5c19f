// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/model_report.h"

#include "report/report_parts.h"

namespace report {

document::Document modelReport(const ReportInput& input) {
    const types::Variation& variation = input.reported->variation;
    document::Document page{
        input.name + (variation.isIdentity() ? "" : ", " + variation.label()) +
            (input.reported->device ? " on " + input.reported->device->name : std::string()),
        {}};
    addVerdict(page, input);
    addTotals(page, input);
    addMemory(page, input);
    addLayerCosts(page, input);
    addTried(page, input);
    addQuality(page, input);
    addUnknown(page, input);
    addIdentity(page, input);
    addConditions(page, input);
    addCommands(page, input);
    addDefinitions(page);
    return page;
}

}  // namespace report
