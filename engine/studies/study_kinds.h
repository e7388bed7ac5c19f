// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Inside of run_study.h: the four studies, each from records to findings, charts and a table. What
// a record does not know is left out; records that say nothing to the question are an Error that
// tells what would.

#include "studies/record.h"
#include "types/result.h"
#include "types/study.h"

namespace studies {

types::Result<types::Study> opTypes(const Records& records);
types::Result<types::Study> linearLatency(const Records& records);
types::Result<types::Study> constantPower(const Records& records);
types::Result<types::Study> kernelsCompared(const Records& records);

/// A figure of a table, empty where it is 0: unknown.
types::StudyCell knownOnly(double value);

}  // namespace studies
