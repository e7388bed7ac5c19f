// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Our own CSV of a session's samples, one row per sample, for spreadsheets and scripts:
//   key,layer,op,quantity,sample,value
//   #0 CONV_2D,0,CONV_2D,latency_us,0,1234.5
// Conditions, outputs and traces are only in the JSON. The importer "session-csv" reads it back.

#include <string>

#include "types/session.h"

namespace importers {

std::string sessionCsv(const types::Session& session);

}  // namespace importers
