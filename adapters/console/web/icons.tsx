import type { ComponentChildren } from 'preact';

/** Small line drawings. They stand beside words, so screen readers pass them by. */
function drawing(children: ComponentChildren) {
  return () => (
    <svg
      class="icon"
      viewBox="0 0 20 20"
      width="20"
      height="20"
      fill="none"
      stroke="currentColor"
      stroke-width="1.6"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

/** One thread through three places. */
export const ThreadIcon = drawing(
  <>
    <path d="M2 14c3 0 3-8 6-8s2 8 5 8 2.5-6 5-6" />
    <circle cx="2.5" cy="14" r="1.5" fill="currentColor" stroke="none" />
    <circle cx="8" cy="6" r="1.5" fill="currentColor" stroke="none" />
    <circle cx="17.5" cy="8" r="1.5" fill="currentColor" stroke="none" />
  </>,
);
export const LockIcon = drawing(
  <>
    <rect x="4.5" y="9" width="11" height="7.5" rx="2" />
    <path d="M7 9V6.5a3 3 0 0 1 6 0V9" />
  </>,
);
export const HashIcon = drawing(<path d="M8 3 6.5 17M13.5 3 12 17M4 7.5h13M3 12.5h13" />);
export const EnvelopeIcon = drawing(
  <>
    <rect x="2.5" y="4.5" width="15" height="11" rx="2" />
    <path d="m3.5 6 6.5 5 6.5-5" />
  </>,
);
export const ClockIcon = drawing(
  <>
    <circle cx="10" cy="10" r="7" />
    <path d="M10 6v4l2.5 2" />
  </>,
);
export const FileIcon = drawing(<path d="M5 2.5h6l4 4v11H5zM11 2.5v4h4" />);
export const MenuIcon = drawing(<path d="M3.5 6h13M3.5 10h13M3.5 14h13" />);
export const CrossIcon = drawing(<path d="m5 5 10 10M15 5 5 15" />);
export const SendIcon = drawing(<path d="M3.5 10 17 3.5 12.5 17l-2.5-5.5zM10 11.5 17 3.5" />);
export const ReplyIcon = drawing(<path d="M4 16v-4a4 4 0 0 1 4-4h8M12.5 4.5 16 8l-3.5 3.5" />);
export const DownIcon = drawing(<path d="M10 4v12M5 11l5 5 5-5" />);
