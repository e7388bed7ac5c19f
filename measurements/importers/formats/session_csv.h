// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Our own CSV of a session's samples, a row a sample, for spreadsheets and scripts:
//   key,layer,op,quantity,sample,value
//   #0 CONV_2D,0,CONV_2D,latency_us,0,1234.5
// Conditions, outputs and traces stay in the JSON. Read back by the importer "session-csv".

#include <string>

#include "types/session.h"

namespace importers {

std::string sessionCsv(const types::Session& session);

}  // namespace importers
