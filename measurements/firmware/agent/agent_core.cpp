// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware/agent/agent_core.h"

#include "firmware/agent/kernel_list_mark.h"

#if !defined(NETCALIPER_VERSION)
#define NETCALIPER_VERSION ""
#endif
#if !defined(NETCALIPER_FLAGS)
#define NETCALIPER_FLAGS ""
#endif

namespace firmware {

namespace {

void put(void*, uint8_t byte) {
    sendByte(byte);
}

template <size_t N>
void copyText(char (&to)[N], const char* text) {
    for (size_t i = 0; i + 1 < N && text[i] != '\0'; ++i)
        to[i] = text[i];
}

AgentInfo describe() {
    const PortInfo port = portInfo();
    AgentInfo info;
    info.programVersion = runtime::kProgramVersion;
    info.kernelList = kernelListMark();
    info.clockHz = port.clockHz;
    info.startBaud = port.startBaud;
    info.maxBaud = port.maxBaud;
    info.ramBytes = ramArea().bytes;
    info.flashBytes = flashArea().bytes;
    info.crash = lastCrash();
    info.isa = isaOfBuild();
    info.counter = counterKind();
    info.isEmulated = isEmulated();
    copyText(info.board, port.board);
    copyText(info.core, port.core);
    copyText(info.version, NETCALIPER_VERSION);
    copyText(info.compiler, "GCC " __VERSION__);
    copyText(info.flags, NETCALIPER_FLAGS);
    return info;
}

constexpr Refused kMalformed{Denial::Malformed, 0};

}  // namespace

void Agent::take(uint8_t byte) {
    if (!m_reader.take(byte)) return;
    answer(m_reader.frame());
    m_heardAt = cycles();
    if (m_nextBaud != 0) changeRate(m_nextBaud);
}

void Agent::idle() {
    constexpr uint64_t kPatienceS = 2;
    rest();
    if (m_baud == portInfo().startBaud) return;
    if (cycles() - m_heardAt > kPatienceS * portInfo().clockHz) changeRate(portInfo().startBaud);
}

void Agent::changeRate(uint32_t baud) {
    if (firmware::setBaud(baud)) m_baud = baud;
    m_nextBaud = 0;
}

void Agent::send(Frame& frame) {
    sendFrame(frame, put, nullptr);
}

void Agent::answer(const Frame& question) {
    if (question.head.kind & kAnswer) return;
    m_reply.head = question.head;
    m_reply.head.kind |= kAnswer;
    m_reply.bodyBytes = 0;
    const Refused refused = handle(question, m_reply);
    if (refused.isRefused()) {
        m_reply.head.kind = static_cast<uint8_t>(Message::Refused) | kAnswer;
        m_reply.set(refused);
    }
    send(m_reply);
}

Refused Agent::handle(const Frame& question, Frame& reply) {
    const auto kind = static_cast<Message>(question.head.kind);
    if (kind == Message::Hello) return hello(question, reply);
    if (question.head.session != m_session || m_session == 0) return {Denial::UnknownSession, 0};
    switch (kind) {
        case Message::SetBaud: {
            SetBaud asked;
            if (!question.get(asked)) return kMalformed;
            if (asked.baud == 0 || asked.baud > portInfo().maxBaud) return {Denial::BadRate, 0};
            m_nextBaud = asked.baud;
            return {};
        }
        case Message::Bye:
            m_session = 0;
            m_nextBaud = portInfo().startBaud;
            return {};
        case Message::Rows:
            return rows(question, reply);
        default:
            return handleModel(question, reply);
    }
}

Refused Agent::hello(const Frame& question, Frame& reply) {
    Hello hello;
    if (!question.get(hello) || hello.magic != kAgentMagic) return kMalformed;
    m_session = question.head.session;
    reply.set(describe());
    return {};
}

Refused Agent::handleModel(const Frame& question, Frame& reply) {
    switch (static_cast<Message>(question.head.kind)) {
        case Message::Begin: {
            Begin announced;
            if (!question.get(announced)) return kMalformed;
            const Refused refused = m_model.begin(announced);
            reply.set(Received{m_model.receivedBytes()});
            return refused;
        }
        case Message::Write: {
            WriteHead head;
            if (!question.get(head)) return kMalformed;
            const Refused refused = m_model.write(head.offset, question.body + sizeof head,
                                                  question.bodyBytes - sizeof head);
            reply.set(Received{m_model.receivedBytes()});
            return refused;
        }
        case Message::Prepare:
            return m_model.prepare();
        case Message::Reset: {
            Reset asked;
            if (!question.get(asked)) return kMalformed;
            forgetCrash();
            return m_model.reset(static_cast<uint8_t>(asked.fill));
        }
        case Message::Input: {
            InputHead head;
            if (!question.get(head)) return kMalformed;
            return m_model.input(head, question.body + sizeof head,
                                 question.bodyBytes - sizeof head);
        }
        case Message::Run: {
            Run asked;
            if (!question.get(asked)) return kMalformed;
            RunResult result;
            const auto alive = [](void* context, uint32_t ops) {
                Frame& frame = static_cast<Agent*>(context)->m_reply;
                const MessageHead head = frame.head;
                frame.head.kind = static_cast<uint8_t>(Message::Alive) | kAnswer;
                frame.set(ops);
                static_cast<Agent*>(context)->send(frame);
                frame.head = head;
            };
            const Refused refused = m_model.run(asked, result, alive, this);
            reply.set(result);
            return refused;
        }
        default:
            return kMalformed;
    }
}

Refused Agent::rows(const Frame& question, Frame& reply) const {
    RowsFrom from;
    if (!question.get(from) || from.first > m_model.rowCount()) return kMalformed;
    const uint32_t left = m_model.rowCount() - from.first, fit = kMaxBody / sizeof(Row);
    reply.append(m_model.rows() + from.first, (left < fit ? left : fit) * sizeof(Row));
    return {};
}

}  // namespace firmware
