// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A study's sentences as rich text: what was found, where it ends, where it comes from.

#include <QString>

#include "types/study.h"

namespace views {

QString studyHtml(const types::Study& study);

}  // namespace views
