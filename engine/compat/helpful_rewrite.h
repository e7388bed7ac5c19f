// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Which change of ours turns an operator into one that more runtimes take.

#include "compat/question.h"

namespace compat {

/// The flag of `vary`: "--select-v2"; empty where none of ours helps.
std::string helpfulRewrite(const Question& question, const types::LayerSupport& verdict);

}  // namespace compat
