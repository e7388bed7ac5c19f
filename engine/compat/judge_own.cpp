// SPDX-License-Identifier: GPL-3.0-or-later
#include "compat/question.h"
#include "lowering/requirements.h"

namespace compat {

types::LayerSupport judgeOwn(const Question& q) {
    const auto runnable = lowering::checkRunnable(q.graph, q.index);
    if (runnable) return runs("engine/lowering");
    return answer(types::Support::Refused, runnable.error().what, "engine/lowering");
}

}  // namespace compat
