// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to findBest(): the samples that choose and those that judge, which no candidate sees.

#include "search/best/find_best.h"

namespace search {

/// Splits the dataset of a subject: its options keep what calibrates, trains and chooses; returned
/// is what judges. Null without a dataset.
types::Result<data::DatasetPtr> holdBackJudge(SweepSubject& subject);

/// Makes the variation again, or takes the trained model that the database keeps, and scores it.
types::Result<JudgedPoint> judge(sweep::SweepStore& store, const SweepSubject& subject,
                                 const data::DatasetPtr& judging, const SweptPoint& point,
                                 const types::Work& work);

}  // namespace search
