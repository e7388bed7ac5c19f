// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to run_study.h: the studies of papers, each from records to findings, charts and a table.
// Records that lack a needed field are skipped; too few usable records are an Error that states
// what to supply.

#include "studies/record.h"
#include "types/result.h"
#include "types/study.h"

namespace studies {

types::Result<types::Study> opTypes(const Records& records);
types::Result<types::Study> linearLatency(const Records& records);
types::Result<types::Study> constantPower(const Records& records);
types::Result<types::Study> kernelsCompared(const Records& records);

/// A table cell; empty for 0, which means unknown.
types::StudyCell knownOnly(double value);

}  // namespace studies
