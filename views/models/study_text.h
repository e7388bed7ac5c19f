// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A study's sentences as rich text: findings, limits, sources.

#include <QString>

#include "types/study.h"

namespace views {

QString studyHtml(const types::Study& study);

}  // namespace views
