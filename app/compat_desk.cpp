// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/compat_desk.h"

#include "compat/compat.h"
#include "cost/tflm/kernel_library.h"
#include "engine/describe_called.h"

namespace app {
namespace {

struct Found {
    std::vector<types::RuntimeSupport> runtimes;
    std::vector<types::KernelArena> arenas;
    std::vector<types::CalledSubgraph> called;
};

/// Of the board's kernels; of CMSIS-NN on a Cortex-M4 without a board whose kernels are known.
std::vector<types::KernelArena> arenasFor(const types::Evaluation& evaluation) {
    cost::KernelBuild build = cost::tflmsOwnLibrary();
    if (evaluation.device) build = cost::libraryOf(*evaluation.device).value_or(build);
    if (build.family == cost::KernelFamily::Reference) build = cost::tflmsOwnLibrary();
    const auto arenas = compat::arenasOf(*evaluation.graph, std::string(cost::idOf(build.family)),
                                         std::string(cost::titleOf(build.core)));
    return arenas ? *arenas : std::vector<types::KernelArena>();
}

}  // namespace

CompatDesk::CompatDesk(Explorer& explorer, QObject* parent)
    : QObject(parent), m_explorer(explorer) {
    constexpr int kQuietMs = 300;
    m_delay.setSingleShot(true);
    m_delay.setInterval(kQuietMs);
    connect(&m_delay, &QTimer::timeout, this, &CompatDesk::check);
    connect(&explorer.feed(), &views::EvaluationFeed::evaluated, &m_delay,
            QOverload<>::of(&QTimer::start));
}

void CompatDesk::check() {
    const types::EvaluationPtr shown = m_explorer.shown();
    if (!shown) return;
    const auto verb = [shown](const types::Work&) {
        const auto runtimes = compat::check(*shown->graph);
        return Found{runtimes ? *runtimes : std::vector<types::RuntimeSupport>(), arenasFor(*shown),
                     engine::describeCalled(*shown->graph)};
    };
    m_work.start(verb, [this, shown](const Found& found) {
        if (shown != m_explorer.shown()) return;  // a newer evaluation starts the next check
        emit checked(found.runtimes);
        emit planned(found.arenas);
        emit described(found.called);
    });
}

}  // namespace app
