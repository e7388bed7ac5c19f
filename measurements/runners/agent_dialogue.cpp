// SPDX-License-Identifier: GPL-3.0-or-later
#include "runners/agent_dialogue.h"

#include <algorithm>

#include "runners/qemu_fault.h"
#include "runtime/status.h"

namespace runners {
namespace {

using firmware::AgentInfo;
using firmware::Begin;
using firmware::Crash;
using firmware::Denial;
using firmware::Frame;
using firmware::Hello;
using firmware::InputHead;
using firmware::kAgentMagic;
using firmware::kAgentProtocol;
using firmware::kAnswer;
using firmware::kChunk;
using firmware::Message;
using firmware::Received;
using firmware::Refused;
using firmware::Row;
using firmware::RowsFrom;
using firmware::SetBaud;
using firmware::Store;
using firmware::WriteHead;

constexpr int kMaxRestarts = 5;
constexpr uint8_t kMark = 0xa5;  ///< fills the arena for the high-water mark
constexpr AnswerPatience kHelloPatience{0.5, 7}, kFastPatience{0.3, 3};
/// Longer than the agent keeps a rate at which it hears nothing.
constexpr AnswerPatience kSlowPatience{0.4, 12};
/// A flash erases its largest sectors in seconds; checksums of a Program take time, too.
constexpr AnswerPatience kFlashPatience{2, 8}, kChecksumPatience{2, 5}, kShortPatience{1, 8};
constexpr double kRunTryS = 1;

std::string baudText(uint32_t baud) {
    return std::to_string(baud) + " baud";
}

/// The text of a board ends within its array.
void terminate(AgentInfo& info) {
    info.board[sizeof info.board - 1] = info.core[sizeof info.core - 1] = '\0';
    info.version[sizeof info.version - 1] = info.compiler[sizeof info.compiler - 1] = '\0';
    info.flags[sizeof info.flags - 1] = '\0';
}

}  // namespace

AgentDialogue::AgentDialogue(AgentSettings settings, MakeJob makeJob)
    : m_settings(std::move(settings)), m_makeJob(std::move(makeJob)), m_link(m_settings.session) {
    m_run.baud = m_settings.rates.front();
}

types::Result<AgentRun> AgentDialogue::result() && {
    if (m_step != Step::Done) return tl::unexpected(m_error);
    m_run.repeated = m_link.repeated() - m_repeatedBefore;
    m_run.damaged = m_link.damaged();
    return std::move(m_run);
}

void AgentDialogue::go(Step step) {
    m_step = step;
    m_isAsked = false;
}

void AgentDialogue::failWith(types::Error error) {
    m_error = std::move(error);
    go(Step::Failed);
}

void AgentDialogue::hear(std::span<const uint8_t> bytes) {
    m_link.hear(bytes);
    const bool isTooLate = isDone() && !isAbsent();
    const auto answer = isTooLate ? std::nullopt : m_link.takeAnswer();
    if (!answer) return;
    if (isAbsent()) m_step = Step::Hello;
    onAnswer(*answer);
}

AgentDialogue::Output AgentDialogue::poll(double nowS) {
    if (isDone()) return {};
    if (m_isAsked && m_link.hasGivenUp()) onGivenUp();
    if (!m_isAsked && !isDone()) ask();
    Output output{m_link.due(nowS), std::exchange(m_newBaud, std::nullopt)};
    return output;
}

void AgentDialogue::ask() {
    m_isAsked = true;
    const auto& job = m_run.job;
    const bool inFlash = job.store == Store::Flash;
    switch (m_step) {
        case Step::Hello:
            return m_link.ask(Message::Hello, Hello{}, kHelloPatience);
        case Step::SetBaud:
            m_triedFast = true;
            return m_link.ask(Message::SetBaud, SetBaud{m_run.baud}, kFastPatience);
        case Step::FastHello:
            return m_link.ask(Message::Hello, Hello{}, kFastPatience);
        case Step::SlowHello:
            return m_link.ask(Message::Hello, Hello{}, kSlowPatience);
        case Step::Begin:
            return m_link.ask(
                Message::Begin,
                Begin{static_cast<uint32_t>(job.program.size()), job.checksum, job.store},
                kChecksumPatience);
        case Step::Write: {
            const size_t count = std::min<size_t>(kChunk, job.program.size() - m_sent);
            return m_link.ask(Message::Write, WriteHead{m_sent},
                              inFlash ? kFlashPatience : kShortPatience,
                              std::span(job.program).subspan(m_sent, count));
        }
        case Step::Prepare:
            return m_link.ask(Message::Prepare, kChecksumPatience);
        case Step::Reset:
            return m_link.ask(Message::Reset, firmware::Reset{m_isMarking ? kMark : 0u},
                              kShortPatience);
        case Step::Input:
            return askInput();
        case Step::Run: {
            const bool isLast = !m_isMarking && m_invoke + 1 == invokesOfPass();
            return m_link.ask(Message::Run,
                              firmware::Run{static_cast<uint32_t>(m_invoke),
                                            job.inputsChecksum(m_invoke), isLast ? 1u : 0u},
                              {kRunTryS, std::max(2, static_cast<int>(m_settings.silenceS))});
        }
        case Step::Rows:
            return m_link.ask(Message::Rows, RowsFrom{static_cast<uint32_t>(m_current.rows.size())},
                              kShortPatience);
        default:
            return m_link.ask(Message::Bye, {0.3, 1});
    }
}

void AgentDialogue::askInput() {
    const auto& bytes = m_run.job.inputs[m_invoke][m_input];
    const size_t count = std::min<size_t>(kChunk, bytes.size() - m_inputOffset);
    m_link.ask(Message::Input, InputHead{static_cast<uint32_t>(m_input), m_inputOffset},
               kShortPatience, std::span(bytes).subspan(m_inputOffset, count));
}

size_t AgentDialogue::invokesOfPass() const {
    return m_isMarking ? m_run.job.hops() : m_run.job.inputs.size();
}

void AgentDialogue::onAnswer(const Frame& answer) {
    Refused refused;
    if (answer.head.kind == (static_cast<uint8_t>(Message::Refused) | kAnswer)) {
        if (!answer.get(refused)) return restart();
        return onRefused(refused);
    }
    switch (m_step) {
        case Step::Hello:
        case Step::FastHello:
        case Step::SlowHello:
            return onHello(answer);
        case Step::SetBaud:
            m_newBaud = m_run.baud;
            return go(Step::FastHello);
        case Step::Begin:
        case Step::Write:
            return onReceived(answer);
        case Step::Prepare:
            m_isMarking = true;
            return go(Step::Reset);
        case Step::Reset:
            m_invoke = 0;
            m_hasReset = true;
            if (!m_isMarking) m_run.invokes.clear();
            return nextInput();
        case Step::Input:
            m_inputOffset += static_cast<uint32_t>(std::min<size_t>(
                kChunk, m_run.job.inputs[m_invoke][m_input].size() - m_inputOffset));
            return nextInput();
        case Step::Run:
            return onResult(answer);
        case Step::Rows:
            return onRows(answer);
        default:
            return go(Step::Done);
    }
}

void AgentDialogue::onHello(const Frame& answer) {
    // Later versions may tell more, but begin with magic and protocol.
    Hello begin;
    if (!answer.get(begin) || begin.magic != kAgentMagic) return restart();
    m_hasMet = true;
    AgentInfo info;
    if (begin.protocol != kAgentProtocol || !answer.get(info))
        return failWith({"agent on the board speaks protocol " + std::to_string(begin.protocol) +
                             ", this program " + std::to_string(kAgentProtocol),
                         m_settings.device, "build the agent of this version and flash it"});
    terminate(info);
    if (m_hasReset && info.crash.exception != 0) return failCrashed(info.crash);
    m_run.info = info;
    const uint32_t fastest = std::min(m_settings.wantedBaud, info.maxBaud);
    if (!m_triedFast && m_step == Step::Hello && fastest > m_run.baud) {
        m_run.baud = fastest;
        return go(Step::SetBaud);
    }
    makeTheJob();
}

void AgentDialogue::makeTheJob() {
    if (!m_hasJob) {
        auto job = m_makeJob(m_run.info);
        if (!job) return failWith(job.error());
        m_run.job = std::move(*job);
        m_hasJob = true;
        m_repeatedBefore = m_link.repeated();
    }
    go(Step::Begin);
}

void AgentDialogue::onReceived(const Frame& answer) {
    Received received;
    if (!answer.get(received) || received.bytes > m_run.job.program.size()) return restart();
    m_sent = received.bytes;
    go(m_sent == m_run.job.program.size() ? Step::Prepare : Step::Write);
}

/// Goes to the next input with bytes to send, or runs.
void AgentDialogue::nextInput() {
    if (m_step == Step::Reset) m_input = m_inputOffset = 0;
    const auto& inputs = m_run.job.inputs[m_invoke];
    while (m_input < inputs.size() && m_inputOffset >= inputs[m_input].size()) {
        ++m_input;
        m_inputOffset = 0;
    }
    go(m_input < inputs.size() ? Step::Input : Step::Run);
}

void AgentDialogue::onResult(const Frame& answer) {
    m_current = {};
    if (!answer.get(m_current.result) || m_current.result.invoke != m_invoke) return restart();
    const auto status = static_cast<runtime::Status>(m_current.result.status);
    if (status != runtime::Status::Ok && status != runtime::Status::Skipped)
        return failWith(
            {"model ended with status " + std::to_string(m_current.result.status) + " on the board",
             m_run.info.board, "report this model as a bug"});
    if (m_isMarking) {
        m_run.marked = m_current.result;
        return nextInvoke();
    }
    m_current.result.rows > 0 ? go(Step::Rows) : nextInvoke();
}

void AgentDialogue::onRows(const Frame& answer) {
    const size_t left = m_current.result.rows - m_current.rows.size();
    const size_t count = answer.bodyBytes / sizeof(Row);
    if (count == 0 || count > left || answer.bodyBytes % sizeof(Row) != 0) return restart();
    for (size_t i = 0; i < count; ++i)
        __builtin_memcpy(&m_current.rows.emplace_back(), answer.body + i * sizeof(Row),
                         sizeof(Row));
    if (count == left)
        nextInvoke();
    else
        m_isAsked = false;
}

void AgentDialogue::nextInvoke() {
    if (!m_isMarking) m_run.invokes.push_back(std::move(m_current));
    if (++m_invoke < invokesOfPass()) {
        m_input = m_inputOffset = 0;
        return nextInput();
    }
    if (!m_isMarking) return go(Step::Bye);
    m_isMarking = false;
    go(Step::Reset);
}

void AgentDialogue::restart() {
    if (++m_run.restarts > kMaxRestarts)
        return failWith({"board was reset again and again while it was measured", m_settings.device,
                         "check its supply and its watchdog"});
    go(m_hasMet ? Step::SlowHello : Step::Hello);
}

void AgentDialogue::failCrashed(const Crash& crash) {
    QemuLog::Fault fault{crash.exception, crash.status, {}, {}};
    if (crash.address != 0) fault.address = crash.address;
    const auto& layers = m_run.job.layers;
    const bool isLayer = crash.op >= 0 && static_cast<size_t>(crash.op) < layers.size();
    failWith({"agent crashed (" + faultText(fault) + ")",
              isLayer ? layers[static_cast<size_t>(crash.op)] : m_settings.device,
              "report this model as a bug"});
}

void AgentDialogue::onRefused(const Refused& refused) {
    const std::string value = std::to_string(refused.value);
    switch (refused.why) {
        case Denial::BadRate:
            m_run.baud = m_settings.rates[m_rate];
            return makeTheJob();
        case Denial::OutOfOrder:
            // The board has another part of the Program than thought.
            if (m_step != Step::Write || refused.value % kChunk != 0 ||
                refused.value >= m_run.job.program.size())
                return restart();
            m_sent = refused.value;
            return go(Step::Write);
        case Denial::NoRoom:
            return failWith({"board has no room for " + value + " bytes", m_run.info.board,
                             "measure a smaller variation, or on a larger board"});
        case Denial::FlashFailed:
            return failWith({"flash of the board cannot be written at byte " + value,
                             m_run.info.board, "check its write protection"});
        case Denial::MissingKernel:
        case Denial::BadProgram:
            return failWith({"agent refuses the program", m_run.info.board,
                             "build the agent of this version and flash it"});
        case Denial::StackOverflow:
            return failWith({"stack of the agent is too small for this model (" + value + " bytes)",
                             m_run.info.board, "raise stackBytes in ports/agent_sections.ld"});
        default:
            return restart();
    }
}

void AgentDialogue::onGivenUp() {
    switch (m_step) {
        case Step::Hello:
            if (m_rate + 1 == m_settings.rates.size()) return go(Step::Absent);
            m_newBaud = m_run.baud = m_settings.rates[++m_rate];
            return go(Step::Hello);
        case Step::SetBaud:
            // The answer may be lost and the agent at the new rate.
            m_newBaud = m_run.baud;
            return go(Step::FastHello);
        case Step::FastHello:
            m_newBaud = m_run.baud = m_settings.rates[m_rate];
            return go(Step::SlowHello);
        case Step::Bye:
            return go(Step::Done);
        default:
            break;
    }
    // A board that was reset is back at its start rate.
    if (m_run.baud != m_settings.rates[m_rate]) {
        m_newBaud = m_run.baud = m_settings.rates[m_rate];
        return restart();
    }
    if (m_link.hasHeardOther())
        return failWith({"board answers garbage at " + baudText(m_run.baud), m_settings.device,
                         "choose a lower rate: DEVICE@115200"});
    failWith({m_step == Step::Run ? "board does not answer any more, the model may hang in it"
                                  : "board does not answer any more",
              m_settings.device, "reset it and check its cable"});
}

double AgentDialogue::share() const {
    if (!m_hasJob) return 0;
    const double sent = static_cast<double>(m_sent) / static_cast<double>(m_run.job.program.size());
    const double done =
        static_cast<double>(m_run.invokes.size()) / static_cast<double>(m_run.job.inputs.size());
    return 0.5 * (sent + done);
}

const char* AgentDialogue::stepName() const {
    switch (m_step) {
        case Step::Begin:
        case Step::Write:
        case Step::Prepare:
            return "sending the model to the board";
        case Step::Reset:
        case Step::Input:
        case Step::Run:
        case Step::Rows:
        case Step::Bye:
            return "measuring on the board";
        default:
            return "looking for an agent";
    }
}

}  // namespace runners
