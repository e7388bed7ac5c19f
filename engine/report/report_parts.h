// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The sections of a model's report, in their order. Internal to this room.

#include "report/model_report.h"

namespace report {

void addVerdict(document::Document& page, const ReportInput& input);
void addTotals(document::Document& page, const ReportInput& input);
void addIdentity(document::Document& page, const ReportInput& input);
void addConditions(document::Document& page, const ReportInput& input);
void addMemory(document::Document& page, const ReportInput& input);
void addLayerCosts(document::Document& page, const ReportInput& input);
void addTried(document::Document& page, const ReportInput& input);
void addQuality(document::Document& page, const ReportInput& input);
void addDefinitions(document::Document& page);
void addUnknown(document::Document& page, const ReportInput& input);
void addCommands(document::Document& page, const ReportInput& input);

}  // namespace report
